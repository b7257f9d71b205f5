"""Builds the pipeline; the one place that knows the concrete classes."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.briefs import Briefs
from assistant.checks.emergency import load_emergencies
from assistant.checks.language import detect_language
from assistant.conversation import Conversation
from assistant.foreign import DutchReader, OwnLanguage
from assistant.generation.age import Age
from assistant.generation.emergency import EmergencyComposer
from assistant.generation.regelkaart import RegelkaartGenerator
from assistant.languages import Languages
from assistant.pipeline import Pipeline
from assistant.settings import Settings
from assistant.steps.check_answer import CheckAnswer
from assistant.steps.check_grounding import CheckGrounding
from assistant.steps.clean_input import CleanInput
from assistant.steps.compose_answer import ComposeAnswer
from assistant.steps.condense_question import CondenseQuestion
from assistant.steps.detect_crisis import DetectCrisis
from assistant.steps.heed_stop import HeedStop
from assistant.steps.publish import Publish
from assistant.steps.resolve_gemeente import ResolveGemeente
from assistant.steps.retrieve_passages import RetrievePassages
from assistant.steps.route_question import RouteQuestion
from assistant.subjects import Subjects
from assistant.switch import OffSwitch
from assistant.texts import Texts
from assistant.types import Question
from knowledge.embedding import EmbedderWithCount, build_embedder
from knowledge.gemeenten import Gazetteer
from knowledge.gloss import load_glossary
from knowledge.normen import load_norms
from knowledge.regelingen import load_regelingen
from knowledge.retrieval import LiveIndex, Retriever
from knowledge.signposts import load_signposts
from knowledge.topics import TopicScorer, load_outside, load_topics
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE

Clock = Callable[[], date]


@dataclass
class Assistant:
    """Everything the commands and the site share, built once and lazily."""

    settings: Settings
    clock: Clock = date.today

    @cached_property
    def texts(self) -> Texts:
        """The fixed texts."""
        return Texts.load()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Places and gemeenten; ordinary words of the glossary are never read as a misspelt place."""
        return Gazetteer.load(vocabulary=load_glossary())

    @cached_property
    def embedder(self) -> EmbedderWithCount:
        """The embedding model with its cache."""
        return build_embedder(self.settings)

    @cached_property
    def retriever(self) -> Retriever:
        """Search over the index in use."""
        embedder = self.embedder.embedder
        return Retriever(LiveIndex(self.settings.data_dir, embedder.name, self.settings.chroma_url), embedder)

    @cached_property
    def scorer(self) -> TopicScorer:
        """Topic scores for a question."""
        return TopicScorer.open(self.embedder.embedder, self.settings.data_dir)

    @cached_property
    def switch(self) -> OffSwitch:
        """The off switch of the data folder."""
        return OffSwitch(self.settings.data_dir)

    @cached_property
    def pipeline(self) -> Pipeline:
        """The steps, in order."""
        return build_pipeline(self)

    def warm_up(self) -> None:
        """Load models and index now instead of at the first question."""
        for _ in self.retriever.scopes:
            self.retriever.document(_, "")
        self.scorer.scores("huur")
        detect_language("hello, can you help me with my rent")
        self.pipeline.run(Question(text="hoe vraag ik bijstand aan", gemeente=next(iter(self.gazetteer.gemeenten))))
        self.retriever.search("huur", self.retriever.scopes)


def build_pipeline(assistant: Assistant) -> Pipeline:
    """The ten steps of an answer, and the off switch before the sixth."""
    texts, gazetteer, retriever, signposts = (
        assistant.texts,
        assistant.gazetteer,
        assistant.retriever,
        load_signposts(),
    )
    topics, age = load_topics(), Age(assistant.clock, assistant.settings.old_after_months)
    subjects = Subjects(assistant.scorer, topics)
    languages = Languages.load()
    conversation = Conversation(
        gazetteer, texts, subjects.known, subjects.choices, in_dutch=DutchReader(languages, gazetteer)
    )
    counted = _local_topics(topics)

    def local(topic: str) -> int:
        return counted[topic]

    briefs = Briefs(
        retriever=retriever,
        gazetteer=gazetteer,
        topics=topics,
        norms=load_norms(),
        age=age,
        local_topics=local,
    )
    return Pipeline(
        [
            DetectCrisis(texts, signposts),
            CleanInput(texts, assistant.settings.max_question_characters),
            CondenseQuestion(conversation),
            RouteQuestion(
                texts, assistant.scorer, load_outside().desks, retriever.holds_ingested, conversation, subjects
            ),
            ResolveGemeente(texts, gazetteer, local),
            HeedStop(assistant.switch),
            RetrievePassages(texts, retriever, topics),
            ComposeAnswer(
                texts=texts,
                generator=RegelkaartGenerator(texts, age),
                briefs=briefs,
                emergency=EmergencyComposer(texts, signposts),
                emergencies=load_emergencies(),
                topics=topics,
                gazetteer=gazetteer,
            ),
            CheckGrounding((gemeente.name for gemeente in gazetteer.gemeenten.values()), _bodies(gazetteer)),
            CheckAnswer(texts),
            Publish(texts, age),
        ],
        texts,
        OwnLanguage(languages, signposts),
    )


def _bodies(gazetteer: Gazetteer) -> list[str]:
    """The organisations that carry out regelingen or help with them."""
    pages = load_regelingen()
    executors = [page.executor for page in pages if page.executor]
    desks = [page.contact.organisation for page in pages if page.contact and page.contact.organisation]
    return [*gazetteer.bodies, *executors, *desks]


def _local_topics(topics: Iterable[str]) -> Counter[str]:
    """In how many gemeenten each topic has pages of its own."""
    local = Counter(dict.fromkeys(topics, 0))
    for scope, topic in {(page.scope, page.topic) for page in load_regelingen()}:
        local[topic] += scope not in (REGION_SCOPE, NATIONAL_SCOPE)
    return local
