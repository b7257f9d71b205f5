"""The website of Sam: the chat page, the pages of regelingen and the HTTP API."""
