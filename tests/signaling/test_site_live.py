"""The live site: words in the customer's language, notices by the clock, and whoever listens is told."""

import json

import pytest

from deskside.core.prose import unknown_macros
from signaling.site.changes import changes
from signaling.site.document import Site
from signaling.site.fields import LANGUAGES, TEXTS
from signaling.site.live import DEFAULTS, LiveSite, Notice


def live(**settings: object) -> LiveSite:
    return LiveSite(Site.model_validate_json(json.dumps(settings)))


def notice(id: str, scope: str = "", expires_at: int | None = None, **words: str) -> Notice:
    texts = words or {"en": "Down"}
    return Notice(id, id, scope, {key: {"title": text, "text": text} for key, text in texts.items()}, expires_at)


class Listener:
    """Writes down what it is told."""

    def __init__(self, site: LiveSite) -> None:
        self.told: list[str] = []
        site.listeners.append(self)

    def site_changed(self) -> None:
        self.told.append("site")

    def notice_published(self, notice: Notice) -> None:
        self.told.append("+" + notice.id)

    def notice_ended(self, notice_id: str) -> None:
        self.told.append("-" + notice_id)


def test_we_have_words_of_our_own_for_every_text_in_every_language() -> None:
    assert set(DEFAULTS) == set(LANGUAGES)
    for language, texts in DEFAULTS.items():
        assert list(texts) == list(TEXTS), language
        for name, text in texts.items():
            assert text.strip() and not unknown_macros(text), (language, name)
        assert len(texts["agreement_title"]) <= 200
    assert len({texts["greeting"] for texts in DEFAULTS.values()}) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("de", "de"), ("de-AT", "de"), ("DE_ch", "de"), ("fr", "ar"), ("", "ar"), ("en-US", "ar"), ("deutsch", "ar")],
)
def test_a_customer_gets_a_language_of_the_site_or_its_first(wanted: str, language: str) -> None:
    assert live(languages=["ar", "de"]).language(wanted) == language


def test_the_companys_words_win_over_ours_language_by_language() -> None:
    site = live(texts={"de": {"greeting": "Moin!", "queue_greeting": ""}})
    assert site.text("greeting", "de") == "Moin!"
    assert site.text("queue_greeting", "de") == ""
    assert site.text("greeting", "en") == DEFAULTS["en"]["greeting"]
    with pytest.raises(KeyError):
        site.text("slogan", "en")


def test_a_name_that_is_missing_is_shown_in_the_first_language() -> None:
    site = live(languages=["de", "en"], issues=[{"id": "mail", "name": {"de": "Post", "ar": "بريد", "en": ""}}])
    assert site.issue_name("mail", "ar") == "بريد"
    assert site.issue_name("mail", "en") == "Post"
    assert site.issue_name("gone", "en") == ""
    assert (site.team_name("general"), site.team_name("gone")) == ("General", "")


def test_questions_come_in_the_customers_language_and_choices_only_where_they_belong() -> None:
    choice = {"id": "yes", "text": {"en": "Yes", "de": "Ja"}}
    questions = [
        {"id": "a", "kind": "choice", "text": {"en": "Solved?"}, "choices": [choice]},
        {"id": "b", "kind": "text", "text": {"en": "Why?", "de": "Warum?"}, "choices": [choice]},
    ]
    assert live(survey={"on": False, "questions": questions}).questions("de") == []
    assert live(survey={"on": True, "questions": questions}).questions("de") == [
        {"question": "a", "kind": "choice", "text": "Solved?", "choices": [{"choice": "yes", "text": "Ja"}]},
        {"question": "b", "kind": "text", "text": "Warum?", "choices": []},
    ]


def test_who_listens_hears_of_newer_settings_only() -> None:
    site = LiveSite()
    listener = Listener(site)
    site.change(Site(company="Two"), 2)
    site.change(Site(company="One"), 1)
    site.change(Site(company="Two"), 2)
    assert (site.document.company, site.version, listener.told) == ("Two", 2, ["site"])


def test_notices_are_in_force_for_their_queue_until_they_end() -> None:
    site = LiveSite()
    listener = Listener(site)
    everywhere, team = notice("everywhere"), notice("team", "printers", expires_at=100)
    site.announce([everywhere, team], 50)
    assert [one.id for one in site.notices("printers", 99)] == ["everywhere", "team"]
    assert [one.id for one in site.notices("printers", 100)] == ["everywhere"]
    assert [one.id for one in site.notices("general", 99)] == ["everywhere"]
    assert [one.id for one in site.notices("rep:bob", 99)] == ["everywhere"]
    site.announce([everywhere, team], 60)
    changed = notice("everywhere", en="Up again")
    site.announce([changed, team], 100)
    site.announce([], 110)
    assert listener.told == ["+everywhere", "+team", "-team", "+everywhere", "-everywhere"]


def test_a_notice_that_is_for_others_now_ends_for_those_it_was_for() -> None:
    site = LiveSite()
    listener = Listener(site)
    site.announce([notice("mail", "printers")], 0)
    site.announce([notice("mail", "general")], 0)
    assert listener.told == ["+mail", "-mail", "+mail"]
    assert [one.id for one in site.notices("general", 0)] == ["mail"]


def test_a_notice_speaks_the_customers_language_or_the_sites_first() -> None:
    site = live(languages=["de", "en"])
    assert site.notice_text(notice("a", de="Kaputt", en="Broken"), "en") == ("Broken", "Broken")
    assert site.notice_text(notice("a", de="Kaputt"), "en") == ("Kaputt", "Kaputt")


def test_changes_name_the_place_and_know_things_by_their_id() -> None:
    before = {"company": "A", "teams": [{"id": "x", "name": "X"}, {"id": "y", "name": "Y"}], "languages": ["en"]}
    after = {"company": "B", "teams": [{"id": "y", "name": "Z"}, {"id": "x", "name": "X"}], "languages": ["en", "de"]}
    assert changes(before, after) == [
        {"path": "company", "before": "A", "after": "B"},
        {"path": "teams", "before": ["x", "y"], "after": ["y", "x"]},
        {"path": "teams.y.name", "before": "Y", "after": "Z"},
        {"path": "languages", "before": ["en"], "after": ["en", "de"]},
    ]
    assert changes(before, before) == []
    assert changes({"teams": []}, {"teams": [{"id": "x"}]}) == [
        {"path": "teams.x", "before": None, "after": {"id": "x"}}
    ]


def test_long_values_are_cut_in_the_history() -> None:
    cut = changes({"logo": "", "text": ""}, {"logo": "data:image/png;base64," + "A" * 9000, "text": "x" * 9000})
    assert cut[0]["after"] == "image/png, 9022 characters"
    assert cut[1]["after"] == "x" * 500 + "…"
