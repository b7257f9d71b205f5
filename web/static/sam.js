// Makes the conversation smooth. Without this file every form still works as a plain post.
(() => {
  "use strict";
  const form = document.getElementById("stel");
  if (!form || !window.fetch || !window.DOMParser) return;

  const PATIENCE = 30000;
  const REPLACED = ["gesprek", "velden", "erna", "mens", "mens-kort"];
  const KEY = "sam-gesprek";
  const find = (id) => document.getElementById(id);
  const field = find("vraag");
  const status = find("bezig");
  const notice = find("melding");
  const reduced = window.matchMedia("(prefers-reduced-motion: reduce)");
  let busy = false;

  document.documentElement.classList.add("script");

  // The name of the conversation stays with this tab, so Back finds it again. Storage may be off.
  const memory = {
    get: () => { try { return sessionStorage.getItem(KEY); } catch { return null; } },
    set: (value) => {
      try { value ? sessionStorage.setItem(KEY, value) : sessionStorage.removeItem(KEY); } catch { /* fine */ }
    },
  };

  const conversation = () => form.elements.namedItem("gesprek").value;

  const tell = (text) => {
    notice.replaceChildren();
    if (!text) return;
    const line = document.createElement("p");
    line.textContent = text;
    notice.append(line);
  };

  const work = (on) => {
    busy = on;
    find("stuur").setAttribute("aria-disabled", String(on));
    if (on) status.textContent = status.dataset.bezig;
  };

  async function post(url, data) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const response = await fetch(url.split("#")[0], {
        method: "POST", body: new URLSearchParams(data), headers: { Accept: "text/html" }, signal: stop.signal,
      });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!response.ok || !page.getElementById("gesprek")) throw new Error(String(response.status));
      return page;
    } finally {
      clearTimeout(timer);
    }
  }

  function show(page) {
    const open = [...document.querySelectorAll("#gesprek details[open] .citaat")].map((part) => part.id);
    for (const id of REPLACED) {
      const fresh = page.getElementById(id);
      if (fresh) find(id).replaceWith(document.adoptNode(fresh));
    }
    open.forEach((id) => { if (find(id)) find(id).closest("details").open = true; });
    form.elements.namedItem("gemeente").value = page.getElementById("gemeente").value;
    find("vraag").labels[0].textContent = page.querySelector("label[for=vraag]").textContent;
    tell(page.getElementById("melding").textContent.trim());
    memory.set(conversation());
  }

  // New text goes into the status line, which screen readers read; focus stays where a person is typing.
  function present(before, wasTyping) {
    const turns = document.querySelectorAll("#gesprek .beurt");
    const last = turns[turns.length - 1];
    status.textContent = "";
    if (!last || turns.length <= before) return;
    const words = last.querySelector(".antwoord-tekst");
    const spoken = document.createElement("span");
    spoken.className = "alleen-horen";
    spoken.textContent = [...words.children].map((part) => part.innerText).join(" ");
    const roomy = window.matchMedia("(pointer: fine)").matches;
    if (wasTyping && roomy) {
      status.append(spoken);
      find("vraag").focus({ preventScroll: true });
    } else {
      last.focus({ preventScroll: true });
    }
    last.scrollIntoView({ block: "start", behavior: reduced.matches ? "auto" : "smooth" });
  }

  function explain(error) {
    status.textContent = "";
    const offline = navigator.onLine === false || error instanceof TypeError;
    tell(offline ? form.dataset.offline : form.dataset.storing);
  }

  async function say(button) {
    if (busy) return;
    const data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    const typed = field.value;
    const before = document.querySelectorAll("#gesprek .beurt").length;
    const wasTyping = !button || button.id === "stuur";
    tell("");
    work(true);
    try {
      const page = await post(form.action, data);
      show(page);
      if (field.value === typed) field.value = page.getElementById("vraag").value;
      if (button && button.value === "opnieuw") {
        status.textContent = status.dataset.nieuw;
        field.focus();
        window.scrollTo(0, 0);
      } else {
        present(before, wasTyping);
      }
      if (notice.textContent) field.focus();
    } catch (error) {
      explain(error);
    } finally {
      work(false);
    }
  }

  async function judge(target, button) {
    if (busy) return;
    const data = new FormData(target);
    if (button && button.name) data.append(button.name, button.value);
    const place = target.closest(".oordeel").id;
    work(true);
    try {
      show(await post(target.action, data));
      const fresh = find(place);
      status.textContent = "";
      if (fresh) fresh.focus({ preventScroll: true });
    } catch (error) {
      explain(error);
      notice.scrollIntoView({ block: "center" });
    } finally {
      work(false);
    }
  }

  document.addEventListener("submit", (event) => {
    const kind = event.target.dataset.sam;
    if (!kind) return;
    event.preventDefault();
    if (kind === "stel") say(event.submitter);
    else judge(event.target, event.submitter);
  });

  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say(find("stuur"));
  });

  find("gemeente").addEventListener("change", () => say({ name: "knop", value: "gemeente" }));

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const mark = event.target.closest(".noot");
    const quote = mark && find(mark.hash.slice(1));
    if (!quote) return;
    event.preventDefault();
    quote.closest("details").open = true;
    quote.focus({ preventScroll: true });
    quote.scrollIntoView({ block: "center", behavior: reduced.matches ? "auto" : "smooth" });
  });

  window.addEventListener("beforeprint", () => {
    document.querySelectorAll(".bron").forEach((source) => { source.open = true; });
  });

  async function restore(name) {
    const data = new FormData(form);
    data.set("gesprek", name);
    data.append("knop", "toon");
    try {
      show(await post(form.action, data));
    } catch { /* the start page is good enough */ }
  }

  if (conversation()) memory.set(conversation());
  else if (memory.get()) restore(memory.get());
})();
