"""``check``: every mistake of a policy at once, exit 1, no traceback."""

import pytest

from support.command_line import done, run

HEAD = (
    '+++\ntitle = "T"\noffice = "O"\nversion = "1"\neffective = "2019-01-01"\n'
    'vocabulary = "drug-cases"\nsummary = "S"\n+++\n\n# T\n\n'
)
LAST = '```rule\nid = "rest"\nthen = "review"\nbecause = "B."\n```\n'


def rule(name, when, then="decline"):
    return f'```rule\nid = "{name}"\nwhen = "{when}"\nthen = "{then}"\nbecause = "B."\n```\n\n'


def checked(tmp_path, content, *more):
    path = tmp_path / "p.md"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    ran = run("check", path, *more)
    assert ran.crash == "", ran.crash
    return ran


@pytest.mark.parametrize("name", ["treatment-instead", "status-quo-2019", "cannabis-only"])
def test_the_policies_of_the_library_are_right(name):
    assert "all right" in done("check", name).out


def test_every_mistake_is_told(tmp_path):
    text = (
        HEAD
        + rule("a", "possesion_only")
        + rule("b", "age < 'x'")
        + rule("c", "age <", "declin")
        + rule("a", "booked")
        + LAST
    )
    ran = checked(tmp_path, text)
    assert ran.code == 1
    assert all(word in ran.out for word in ("possesion_only", "did you mean: possession_only", "declin", "p.md, line"))


def test_every_mistake_is_told_in_json_too(tmp_path):
    ran = checked(tmp_path, HEAD + rule("a", "possesion_only") + rule("b", "agee < 3") + LAST, "--json")
    found = ran.json[0]
    assert ran.code == 1 and found["passed"] is False and len(found["problems"]) == 2
    assert [p["nearest"] for p in found["problems"]] == ["possession_only", "age"]


def test_one_wrong_policy_among_right_ones(tmp_path):
    path = tmp_path / "p.md"
    path.write_text(HEAD)
    ran = run("check", "cannabis-only", path, "no-such-policy")
    assert ran.code == 1 and ran.crash == "" and "all right" in ran.out and "no-such-policy" in ran.out


def test_an_unknown_policy_names_the_nearest():
    ran = run("check", "treatmnt-instead")
    assert ran.code == 1 and "did you mean treatment-instead" in ran.out


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        "T".encode("utf-16"),
        b"\xef\xbb\xbf",
        b"\0" * 100,
        b"+++\n",
        b"+++\n+++\n",
        b"+++\n= = =\n+++\n",
        (HEAD + "```rule\n").encode(),
        (HEAD + "```rule\nid = \n```\n").encode(),
        (HEAD + LAST).encode()[:-5],
        (HEAD + LAST).encode().replace(b"B.", b"caf\xe9"),
        (HEAD + rule("a", "(" * 5000 + "booked" + ")" * 5000)).encode(),
        (HEAD + rule("a", "booked or " * 5000 + "booked")).encode(),
        (HEAD + "[" * 50_000).encode(),
        (HEAD + "x" * 1_000_000).encode(),
    ],
    ids=range(16),
)
def test_what_is_no_policy(tmp_path, content):
    ran = checked(tmp_path, content)
    assert ran.code == 1 and ran.out.strip()


def test_carriage_returns_change_nothing(tmp_path):
    text = HEAD + rule("a", "booked") + LAST
    assert checked(tmp_path, text).code == checked(tmp_path, text.replace("\n", "\r\n")).code == 0


@pytest.mark.parametrize("title", ["[bold]", "[/bold]", "[/]", "[red]x", "\\[x]", ":smile:"])
def test_a_title_is_printed_as_it_is_written(tmp_path, title):
    escaped = title.replace("\\", "\\\\")
    ran = checked(tmp_path, HEAD.replace('title = "T"', f'title = "{escaped}"') + LAST)
    assert title in ran.out and ran.code == 0


@pytest.mark.parametrize("name", ["[/x]", "[red]", "x" * 300, "..", "/", "a\nb", "\0", "", "-"])
def test_any_name(name):
    ran = run("check", "--", name)
    assert ran.crash == "" and ran.code in (1, 2)
