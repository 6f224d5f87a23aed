"""Reading a policy document: everything that is wrong with it is reported at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

from instead.errors import Place, Problem, Problems, nearest
from instead.facts.scope import Parameter, Scope
from instead.facts.vocabulary import Vocabulary
from instead.policy.blocks import read_example, read_parameter, read_rule, read_track
from instead.policy.document import Block, Document, scan
from instead.policy.fields import Fields
from instead.policy.model import Example, Policy, Promise, Rule, Track
from instead.policy.promises import read_promise
from instead.toml_text import read_text

#: Finds a vocabulary by the name in the front matter.
FindVocabulary = Callable[[str], Vocabulary]

#: More rules than this cannot be encoded in two bytes.
MOST_RULES = 65_000


def read_policy(path: Path, find_vocabulary: FindVocabulary) -> Policy:
    """The policy in a Markdown file; raises :class:`Problems`."""
    return parse_policy(read_text(path), str(path), find_vocabulary)


def parse_policy(text: str, file: str, find_vocabulary: FindVocabulary) -> Policy:
    """The policy in a text; raises :class:`Problems` with every mistake in it."""
    problems: list[Problem] = []
    document = scan(text, file, problems)
    front = Fields(document.front, "front matter", 1, document.lines, problems)
    title, office = front.text("title", required=True), front.text("office", required=True)
    version, effective = front.text("version", required=True), front.date("effective")
    name, summary = front.text("vocabulary", required=True), front.text("summary")
    front.done()
    if not name:
        raise Problems(_in_order(problems))
    reader = _Blocks(document, find_vocabulary(name), problems)
    rules = reader.rules()
    policy = Policy(
        id=Path(file).stem,
        title=title,
        office=office,
        version=version,
        effective=effective or dt.date.min,
        vocabulary=reader.vocabulary,
        rules=rules,
        parameters=reader.parameters,
        tracks=reader.tracks,
        examples=reader.examples(),
        promises=reader.promises(),
        summary=summary,
        file=file,
        text=text,
    )
    _check_rules(policy, problems)
    if problems:
        raise Problems(_in_order(problems))
    return policy


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.place.line, problem.place.column))


class _Blocks:
    """The blocks of a document by kind. Parameters first: conditions and tracks name them."""

    def __init__(self, document: Document, vocabulary: Vocabulary, problems: list[Problem]) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.problems = problems
        self.parameters = self._parameters()
        named = {str(block.toml.data.get("id")) for block in document.blocks if block.kind == "parameter"}
        self.scope = Scope(vocabulary.facts, self.parameters, frozenset(named - set(self.parameters)))
        self.tracks = self._tracks()

    def each(self, kind: str) -> Iterable[tuple[Block, Fields]]:
        for block in self.document.blocks:
            if block.kind == kind:
                fields = Fields(block.toml, kind, block.line, self.document.lines, self.problems)
                yield block, fields
                fields.done()

    def _parameters(self) -> dict[str, Parameter]:
        found: dict[str, Parameter] = {}
        for _, fields in self.each("parameter"):
            parameter = read_parameter(fields, self.vocabulary)
            if parameter is not None:
                self._once(fields, parameter.name, found)
                found[parameter.name] = parameter
        return found

    def _tracks(self) -> dict[str, Track]:
        found: dict[str, Track] = {}
        for block, fields in self.each("track"):
            track = read_track(fields, block, self.parameters)
            self._once(fields, track.id, found)
            found[track.id] = track
        return found

    def rules(self) -> tuple[Rule, ...]:
        found: dict[str, Rule] = {}
        for block, fields in self.each("rule"):
            rule = read_rule(fields, block, self.scope)
            self._once(fields, rule.id, found)
            if rule.track and rule.track not in self.tracks:
                near = nearest(rule.track, list(self.tracks))
                fields.complain("track", f"there is no track `{rule.track}`", ", ".join(self.tracks), near)
            found[rule.id] = rule
        return tuple(found.values())

    def examples(self) -> tuple[Example, ...]:
        found: dict[str, Example] = {}
        for block, fields in self.each("example"):
            example = read_example(fields, block, self.vocabulary)
            if example is not None:
                self._once(fields, example.id, found)
                found[example.id] = example
        return tuple(found.values())

    def promises(self) -> tuple[Promise, ...]:
        found: dict[str, Promise] = {}
        for block, fields in self.each("promise"):
            promise = read_promise(fields, block, self.scope)
            if promise is not None:
                self._once(fields, promise.id, found)
                found[promise.id] = promise
        return tuple(found.values())

    def _once(self, fields: Fields, name: str, found: Iterable[str]) -> None:
        if name and name in found:
            fields.complain("id", f"there are two {fields.what}s `{name}`", "a name of its own")


def _check_rules(policy: Policy, problems: list[Problem]) -> None:
    rules = policy.rules
    end = Place(policy.file, rules[-1].line if rules else 0)
    if not rules:
        problems.append(Problem("the policy has no rule", end, "```rule blocks, the last one without `when`"))
        return
    if rules[-1].when:
        message = f"the last rule `{rules[-1].id}` has a condition, so that some cases would have no outcome"
        problems.append(Problem(message, end, "a last rule without `when`"))
    for rule in rules[:-1]:
        if not rule.when:
            message = f"the rule `{rule.id}` has no `when`, so that no rule after it can ever apply"
            problems.append(Problem(message, Place(policy.file, rule.line), 'when = "…"; only the last rule has none'))
    if len(rules) > MOST_RULES:
        problems.append(Problem(f"the policy has {len(rules):,} rules", end, f"at most {MOST_RULES:,}"))
    known = {rule.id for rule in rules}
    for example in policy.examples:
        if example.decided_by and example.decided_by not in known:
            message = f"the example `{example.id}` names a rule `{example.decided_by}` that does not exist"
            near = nearest(example.decided_by, sorted(known))
            problems.append(Problem(message, Place(policy.file, example.line), "the id of a rule", near))
        for name in example.missing or ():
            if name not in policy.vocabulary:
                message = f"the example `{example.id}` waits for `{name}`, which is no fact"
                near = policy.vocabulary.nearest(name)
                problems.append(Problem(message, Place(policy.file, example.line), "a fact of the vocabulary", near))
