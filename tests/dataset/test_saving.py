"""Saving: nobody's change is lost, and file and journal agree whatever happens."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import json
import os
import random
import re
import resource
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from minsheng.cli import main
from minsheng.dataset import comparing, disk, editing, history, schema, store
from minsheng.dataset.editing import AddPeriod, SetField, SetReport
from minsheng.dataset.history import Conflict, Version
from minsheng.model import DatasetError, Period, Refused, Report
from variants import applied, united

SEED = (Path(__file__).parents[2] / "data" / "projects.yaml").read_text(encoding="utf-8")
OTHER = SEED.replace("done: 13\n", "done: 14\n")
SMALL = editing.dumps(
    (whole := schema.loads(SEED.encode()).dataset).model_copy(
        update={"projects": tuple(each for each in whole.projects if each.id in ("5.1", "6.4"))}
    )
)
CAP_SYS_ADMIN = 21
NOON = dt.datetime(2023, 10, 8, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path) -> Path:
    path = tmp_path / "data" / "projects.yaml"
    path.parent.mkdir()
    path.write_bytes(SEED.encode("utf-8"))
    return path


def print_of(path: Path) -> str:
    return store.fingerprint(path.read_bytes())


def save(path: Path, text: str = OTHER, expected: str | None = None, **more: str) -> Version:
    said = {"who": "张三", "why": "更正食堂数", **more}
    document = schema.loads(text.encode())
    return history.save(path, document, expected=expected or print_of(path), when=NOON, **said)


def agrees(path: Path, copies: int = 10) -> bool:
    """The journal's lines are a chain, end at the file, and the last versions are kept whole."""
    found = history.versions(path)[::-1]
    befores = ["", *(each.fingerprint for each in found)][: len(found)]
    assert [each.before for each in found] == befores
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    for each in found[-copies:]:
        copy = path.parent / ".history" / f"{each.fingerprint}.yaml"
        assert store.fingerprint(copy.read_bytes()) == each.fingerprint
    return not found or found[-1].fingerprint == print_of(path)


def left_over(path: Path) -> list[str]:
    names = [each.name for each in [*path.parent.iterdir(), *(path.parent / ".history").iterdir()]]
    return [name for name in names if name.endswith((".saving", ".scratch", ".intent"))]


def test_a_save_is_the_file_a_version_and_a_line(path):
    before = print_of(path)
    version = save(path)
    assert path.read_bytes() == OTHER.encode("utf-8")
    assert version == Version(2, NOON, "张三", "更正食堂数", before, print_of(path))
    first = history.versions(path)[1]
    assert history.versions(path) == (version, first)
    assert (first.outside, first.who, first.before, first.fingerprint) == (True, "", "", before)
    assert history.version_text(path, before) == SEED
    line = json.loads(
        (path.parent / ".history" / "projects.yaml.jsonl").read_text().splitlines()[1]
    )
    assert (line["who"], line["why"], line["before"], line["fingerprint"]) == (
        "张三", "更正食堂数", before, print_of(path),
    )  # fmt: skip
    assert agrees(path)
    assert left_over(path) == []


def test_a_file_never_saved_has_no_history_and_looking_makes_none(path):
    assert history.versions(path) == ()
    assert sorted(each.name for each in path.parent.iterdir()) == ["projects.yaml"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"who": " "}, "没有写姓名，没有保存。请写上是谁改的。"),
        ({"why": "\n"}, "没有写原因，没有保存。请写一句为什么改。"),
        ({"text": SEED}, "内容与文件现在的一样，没有需要保存的。"),
    ],
)
def test_what_lacks_a_name_a_reason_or_a_change_is_refused(path, said, message):
    with pytest.raises(Refused) as caught:
        save(path, **said)
    assert str(caught.value) == message
    assert path.read_text(encoding="utf-8") == SEED
    assert history.versions(path) == ()


def test_what_is_no_dataset_is_refused(path):
    with pytest.raises(DatasetError, match="十三"):
        save(path, SEED.replace("done: 13\n", "done: 十三\n"))
    assert path.read_text(encoding="utf-8") == SEED


def test_a_conflict_shows_both_versions_and_who_made_the_other(path):
    started = print_of(path)
    save(path, who="李四")
    with pytest.raises(Conflict) as caught:
        save(path, SEED.replace("done: 12\n", "done: 11\n"), expected=started)
    assert (
        str(caught.value)
        == "打开之后，李四 保存了新的版本，没有保存。请对照两个版本，合并后再保存。"
    )
    assert caught.value.text == OTHER
    assert caught.value.fingerprint == print_of(path)
    assert (
        caught.value.document.dataset.projects[10].reports["2023H1"].readings["老年食堂"].done == 14
    )
    assert path.read_text(encoding="utf-8") == OTHER


def test_a_conflict_over_different_projects_is_merged_and_saved(path):
    started, mine = print_of(path), SEED.replace("done: 12\n", "done: 11\n")
    save(path, who="李四")
    with pytest.raises(Conflict) as caught:
        save(path, mine, expected=started)
    merged = united(SEED, mine, caught.value.text)
    save(path, merged, expected=caught.value.fingerprint)
    assert path.read_text(encoding="utf-8") == OTHER.replace("done: 12\n", "done: 11\n")
    assert agrees(path)


def test_a_conflict_with_a_file_broken_by_hand_says_so(path):
    started = print_of(path)
    path.write_bytes("编号：1\n".encode("gb18030"))
    with pytest.raises(Conflict, match="有人直接改了文件") as caught:
        save(path, expected=started)
    assert caught.value.document is None
    save(path, OTHER, expected=caught.value.fingerprint)  # a person has seen it, and goes on
    assert path.read_text(encoding="utf-8") == OTHER
    with pytest.raises(Refused, match="不是 UTF-8 文字"):
        history.version_text(path, caught.value.fingerprint)


@pytest.mark.parametrize(
    "line",
    [
        b'{"number": "3"}',
        b'{"number": "3", "when": "2023-10-08T12:00:00+00:00", "who": "", "why": "", "before": "", "fingerprint": ""}',
        b"[" * 100_000,
        b"null",
        b'{"number": 3, "when": "2023-10-08T12:00:00", "who": "", "why": "", "before": "", "fingerprint": ""}',
        b'{"number": 3, "when": 5, "who": "", "why": "", "before": "", "fingerprint": ""}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["intent", "jsonl"])
def test_a_damaged_record_is_named_with_its_own_file_and_saving_goes_on_without_it(
    path, name, line
):
    save(path)
    record = path.parent / ".history" / f"projects.yaml.{name}"
    record.write_bytes(line + b"\n")
    with pytest.raises(Refused) as caught:
        save(path, SEED)
    assert str(record) in str(caught.value)
    with pytest.raises(Refused, match="已损坏"):
        history.versions(path)
    record.rename(record.with_suffix(".bad"))  # the cure that the sentence names
    save(path, SEED)
    assert path.read_bytes() == SEED.encode()


def test_a_blank_last_line_of_the_journal_is_no_damage(path):
    save(path)
    journal = path.parent / ".history" / "projects.yaml.jsonl"
    journal.write_bytes(journal.read_bytes() + b"\n")
    assert save(path, SEED).number == 3
    assert [each.number for each in history.versions(path)] == [3, 2, 1]


def test_a_save_from_outside_between_looking_and_renaming_is_not_overwritten(path, monkeypatch):
    outside = SEED.replace("done: 12\n", "done: 11\n")
    write = history._write_whole

    def meanwhile(place, target, data):
        write(place, target, data)
        if target == place.intent:
            path.write_text(outside, encoding="utf-8")

    monkeypatch.setattr(history, "_write_whole", meanwhile)
    with pytest.raises(Conflict) as caught:
        save(path)
    assert path.read_text(encoding="utf-8") == outside == caught.value.text
    assert left_over(path) == []
    monkeypatch.undo()
    save(path, OTHER, expected=caught.value.fingerprint)
    assert agrees(path)


def test_a_file_that_its_owner_made_read_only_stays_untouched(path):
    path.chmod(0o444)
    with pytest.raises(Refused, match="被设为只读，没有保存"):
        save(path)
    assert path.read_bytes() == SEED.encode()


def test_a_second_name_of_the_file_is_named(path):
    other = path.with_name("other.yaml")
    other.hardlink_to(path)
    with pytest.raises(Refused, match="还有别的硬链接"):
        save(path)
    other.unlink()
    save(path)


def test_a_change_made_in_an_editor_shows_at_the_next_save(path):
    save(path)
    by_hand = OTHER.replace("done: 12\n", "done: 11\n")
    path.write_text(by_hand, encoding="utf-8")
    os.utime(path, (0, NOON.timestamp()))
    save(path, SEED, why="恢复")
    newest, outside, *_ = history.versions(path)
    assert (outside.outside, outside.who, outside.when) == (True, "", NOON)
    assert history.version_text(path, outside.fingerprint) == by_hand
    assert newest.before == outside.fingerprint
    assert agrees(path)


def test_a_version_restored_is_itself_a_save(path):
    first = print_of(path)
    save(path)
    save(path, history.version_text(path, first), why="撤回")
    assert path.read_text(encoding="utf-8") == SEED
    assert [each.why for each in history.versions(path)] == ["撤回", "更正食堂数", ""]
    assert agrees(path)


@pytest.mark.parametrize("fingerprint", ["../projects", "0" * 64, "ABC", ""])
def test_a_version_that_is_not_there_is_a_sentence(path, fingerprint):
    save(path)
    with pytest.raises(Refused, match="历史里没有版本"):
        history.version_text(path, fingerprint)


def test_a_damaged_copy_or_journal_is_said_and_not_passed_over(path):
    first = print_of(path)
    save(path)
    (path.parent / ".history" / f"{first}.yaml").write_text("x", encoding="utf-8")
    with pytest.raises(Refused, match="副本已损坏"):
        history.version_text(path, first)
    journal = path.parent / ".history" / "projects.yaml.jsonl"
    journal.write_text("?\n" + journal.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(Refused, match="第 1 行已损坏"):
        history.versions(path)


def test_two_datasets_in_one_folder_have_journals_of_their_own(path):
    other = path.with_name("next.yaml")
    other.write_bytes(path.read_bytes())
    save(path)
    save(other, why="别的")
    assert [each.why for each in history.versions(path)] == ["更正食堂数", ""]
    assert agrees(path)
    assert agrees(other)


def test_a_symlink_stays_one_and_its_target_is_saved(path, tmp_path):
    link = tmp_path / "current.yaml"
    link.symlink_to(path)
    save(link)
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == OTHER
    assert history.versions(link) == history.versions(path) != ()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["current.yaml", "data"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_permissions_and_owner_are_kept(path, mode):
    path.chmod(mode)
    if os.geteuid() == 0:
        os.chown(path, 1234, 2345)
    before = path.stat()
    save(path)
    after = path.stat()
    assert (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid) == (
        mode,
        before.st_uid,
        before.st_gid,
    )
    assert after.st_ino != before.st_ino
    journal = (path.parent / ".history" / "projects.yaml.jsonl").stat()
    assert (stat.S_IMODE(journal.st_mode), journal.st_uid) == (mode, before.st_uid)


@pytest.mark.parametrize(
    "text", [SEED.replace("\n", "\r\n"), "\ufeff" + SEED, "\ufeff" + SEED.replace("\n", "\r\n")]
)
def test_byte_order_mark_and_line_breaks_are_kept(path, text):
    path.write_bytes(text.encode("utf-8"))
    document, expected = store.opened(path)
    save(path, applied(document.text, [SetField(("title",), "表")]), expected)
    assert path.read_bytes() == text.replace(
        "2023 年鹿城区政府民生实项目半年度进展表", "表"
    ).encode("utf-8")


def test_the_store_follows_a_save(path):
    watched = store.Store(path)
    before = watched.current()
    version = save(path)
    after = watched.current()
    assert (before.fingerprint, after.fingerprint) == (version.before, version.fingerprint)
    assert after.problems == ()


def test_what_a_person_takes_out_here_is_not_named_and_what_was_lost_before_still_is(path):
    watched = store.Store(path, is_saved=history.is_saved)
    watched.current()
    cut = SEED[: SEED.index('  - id: "10.4"')]
    save(path, cut)
    assert (watched.current().vanished, watched.current().lost) == ((), ())
    again = cut[: cut.index('  - id: "10.3"')]
    path.write_text(again, encoding="utf-8")  # cut short in an editor, and then saved here
    assert [each[:4] for each in watched.current().vanished] == ["10.3"]
    save(path, again.replace("done: 13\n", "done: 14\n"))
    assert [each[:4] for each in watched.current().vanished] == ["10.3"]


def test_a_damaged_journal_makes_no_loss_a_meant_one(path):
    watched = store.Store(path, is_saved=history.is_saved)
    watched.current()
    cut = SEED[: SEED.index('  - id: "10.4"')]
    save(path, SEED.replace("done: 13\n", "done: 14\n"))
    watched.current()
    journal = path.parent / ".history" / f"{path.name}.jsonl"
    journal.write_text("{\n", encoding="utf-8")
    path.write_text(cut, encoding="utf-8")
    assert [each[:4] for each in watched.current().vanished] == ["10.4"]


# The disk refuses.


def intact(path: Path, before: str) -> None:
    assert print_of(path) == before
    history_folder = path.parent / ".history"
    assert not (history_folder.exists() and left_over(path))
    assert path.with_name(".projects.yaml.saving").exists() is False


def may_mount() -> bool:
    """Whether the kernel lets this process mount: root in most containers may not."""
    found = re.search(r"^CapEff:\s*([0-9a-f]+)", Path("/proc/self/status").read_text(), re.M)
    return bool(found and int(found[1], 16) >> CAP_SYS_ADMIN & 1)


def mount(folder: Path, options: str) -> None:
    """A small disk of its own. Where that is impossible the test is skipped; in CI, where it is
    possible, it must not fail to come about."""
    if not may_mount():
        pytest.skip(
            "mounting is impossible: this process has no CAP_SYS_ADMIN. "
            "The case of RLIMIT_FSIZE below is the same save"
        )
    folder.mkdir()
    call = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    done = subprocess.run(call, capture_output=True, check=False, text=True)
    if done.returncode and os.environ.get("CI"):
        pytest.fail(f"tmpfs could not be mounted: {done.stderr}", pytrace=False)
    if done.returncode:
        pytest.skip(f"tmpfs could not be mounted: {done.stderr}")


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    mount(folder, "size=1m")
    try:
        path = folder / "projects.yaml"
        path.write_text(SEED, encoding="utf-8")
        yield path
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def said_by(path: Path, text: str) -> str:
    """What a save says when it cannot; empty when it can."""
    try:
        save(path, text)
    except Refused as error:
        return str(error)
    return ""


def leave_room(path: Path, pages: int) -> None:
    with path.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    os.truncate(path, path.stat().st_size - pages * 4096)


def test_a_full_disk_is_a_sentence_wherever_the_room_ends(small_disk):
    save(small_disk, OTHER)
    outcomes = set()
    for pages in range(16):
        leave_room(small_disk.with_name("filler"), pages)
        before = print_of(small_disk)
        said = said_by(small_disk, OTHER.replace("# 原表如此", f"# 还剩 {pages} 页"))
        outcomes.add(said)
        if said:
            intact(small_disk, before)
        assert agrees(small_disk)
    assert outcomes == {"", f"磁盘空间不够，没有保存，{small_disk} 没有变。请清理磁盘后再试。"}


def test_a_read_only_disk_is_a_sentence(small_disk):
    save(small_disk)
    before = print_of(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk.parent)], check=True)
    with pytest.raises(Refused, match="所在的文件夹是只读的，没有保存，原文件没有变"):
        save(small_disk, SEED)
    intact(small_disk, before)
    assert history.versions(small_disk)[0].fingerprint == before


def test_a_file_mounted_by_itself_is_a_sentence_with_the_way_out(path):
    """As `-v projects.yaml:/app/data/projects.yaml` of a container does: it has no other name."""
    if not may_mount():
        pytest.skip("mounting is impossible: this process has no CAP_SYS_ADMIN")
    outside = path.with_name("outside.yaml")
    outside.write_bytes(path.read_bytes())
    call = ["mount", "--bind", str(outside), str(path)]
    done = subprocess.run(call, capture_output=True, check=False, text=True)
    if done.returncode:
        pytest.skip(f"the file could not be mounted: {done.stderr}")
    try:
        with pytest.raises(Refused) as caught:
            save(path)
        assert str(caught.value) == (
            f"{path} 是单独挂载的文件，不能整个换掉，没有保存，原文件没有变。"
            "请改为挂载它所在的文件夹。"
        )
        assert path.read_bytes() == outside.read_bytes() == SEED.encode()
        assert left_over(path) == []
    finally:
        subprocess.run(["umount", str(path)], check=True)
    save(path)


@pytest.mark.parametrize("room", [0, 1, 4096, 17_000])
def test_a_file_that_may_not_grow_is_a_sentence(path, room):
    before = print_of(path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(Refused, match="磁盘空间不够"):
            save(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    intact(path, before)
    save(path)
    assert agrees(path)


class Refusing:
    """The operating system's calls, of which the one at `at` (from 1) fails."""

    def __init__(self, at: int, number: int) -> None:
        self.at, self.number, self.seen = at, number, 0

    def wrap(self, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            self.seen += 1
            if self.seen == self.at:
                raise OSError(self.number, os.strerror(self.number))
            return real(*args, **kwargs)

        return call


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "没有权限写"),
        (errno.EROFS, "是只读的"),
        (errno.ENOSPC, "磁盘空间不够"),
        (errno.EIO, "请检查磁盘"),
    ],
)
def test_whichever_call_fails_the_file_is_old_or_new_and_the_next_save_works(
    path, monkeypatch, number, words
):
    """Root passes every permission, so the calls themselves refuse: the 1st, 2nd, ..., the last."""
    path.write_text(SMALL, encoding="utf-8")
    save(path, SMALL.replace("done: 12\n", "done: 10\n"))
    for at in range(1, 200):
        before = path.read_text(encoding="utf-8")
        meant = SMALL.replace("version: 1\n", f"version: 1  # 第 {at} 次\n")
        calls = Refusing(at, number)
        with monkeypatch.context() as patch:
            for name in ("open", "write", "fsync", "replace", "fchmod"):
                patch.setattr(disk.os, name, calls.wrap(getattr(os, name)))
            said = said_by(path, meant)
        found = path.read_text(encoding="utf-8")
        assert found == (before if said and "磁盘没有确认" not in said else meant)
        assert not said or words in said or "磁盘没有确认" in said
        assert agrees(path)
        save(path, meant.replace("done: 12\n", "done: 11\n"))
        assert agrees(path)
        assert left_over(path) == []
        if calls.seen < at:
            break
    assert 10 < at < 199


# Two at once, and killed.


def forked(work) -> int:
    """A child that starts at once, with everything imported."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def noted(document: schema.Document, project: str, number: int) -> str:
    """The text with one more number among the project's next steps."""
    report = next(each for each in document.dataset.projects if each.id == project).reports[
        "2023H1"
    ]
    steps = f"{report.next_steps or ''}{number},"
    edit = SetReport(project, "2023H1", report.model_copy(update={"next_steps": steps}))
    return applied(document.text, [edit])


@pytest.mark.slow
def test_two_people_saving_at_once_200_times_lose_nothing(path):
    rounds = 200

    path.write_text(SMALL, encoding="utf-8")

    def work(project: str) -> None:
        for number in range(rounds):
            document, expected = store.opened(path)
            base, mine = document.text, noted(document, project, number)
            saved = False
            while not saved:
                try:
                    save(path, mine, expected, who=project, why=f"第 {number} 次")
                    saved = True
                except Conflict as conflict:
                    mine = united(base, mine, conflict.text)
                    base, expected = conflict.text, conflict.fingerprint

    children = [forked(lambda project=project: work(project)) for project in ("5.1", "6.4")]
    for child in children:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    dataset = store.read(path).dataset
    all_of_them = "".join(f"{number}," for number in range(rounds))
    for project in ("5.1", "6.4"):
        found = next(each for each in dataset.projects if each.id == project)
        assert found.reports["2023H1"].next_steps == all_of_them
    saves = [each for each in history.versions(path) if not each.outside]
    assert len(saves) == 2 * rounds
    assert {(each.who, each.why) for each in saves} == {
        (project, f"第 {number} 次") for project in ("5.1", "6.4") for number in range(rounds)
    }
    assert agrees(path)


def killed_after(delay: float, path: Path, text: str, why: str) -> None:
    """A save in a process of its own, which is killed so many seconds after it began."""
    expected = print_of(path)
    ready, go = os.pipe()

    def work() -> None:
        os.write(go, b"x")
        save(path, text, expected, why=why)
        signal.pause()

    child = forked(work)
    os.read(ready, 1)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(ready)
    os.close(go)


@pytest.mark.slow
def test_300_kills_leave_the_old_or_the_new_file_and_a_journal_that_agrees(path):
    path.write_text(SMALL, encoding="utf-8")
    chance = random.Random(7)
    seen = {"old": 0, "new": 0}
    delay = 0.01
    for kill in range(300):
        before = path.read_text(encoding="utf-8")
        meant = SMALL.replace("version: 1\n", f"version: 1  # 第 {kill} 次\n")
        killed_after(chance.uniform(0, delay), path, meant, f"第 {kill} 次")
        found = path.read_text(encoding="utf-8")
        assert found in (before, meant)
        seen["new" if found == meant else "old"] += 1
        delay *= 0.98 if found == meant else 1.02  # keeps the kills inside the save on any machine
        assert agrees(path)  # as whoever only looks sees it
        if kill % 3 == 0:
            save(path, meant.replace("次\n", "次以后\n"), why="接着改")
            assert left_over(path) == []
            assert agrees(path)
            assert history.versions(path)[1].fingerprint == store.fingerprint(found.encode())
    assert min(seen.values()) > 60
    assert agrees(path, copies=1000)
    assert not any(each.outside for each in history.versions(path)[:-1])


@pytest.mark.slow
@pytest.mark.parametrize("call", range(1, 40))
def test_a_kill_at_each_call_is_recovered_by_the_next_save(path, call):
    """Not at random: the process ends just before its 1st, 2nd, ... call of the system."""
    save(path)
    meant = OTHER.replace("# 原表如此", "# 第二次")

    def work() -> None:
        seen = 0

        def ending(real):
            def step(*args, **kwargs):
                nonlocal seen
                seen += 1
                if seen == call:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **kwargs)

            return step

        for name in ("open", "write", "fsync", "replace", "unlink", "truncate", "close"):
            setattr(os, name, ending(getattr(os, name)))
        save(path, meant)

    os.waitpid(forked(work), 0)
    found = path.read_text(encoding="utf-8")
    assert found in (OTHER, meant)
    assert agrees(path)
    # An edit in an editor before anybody comes through here again hides neither.
    path.write_text(SEED.replace("done: 12\n", "done: 11\n"), encoding="utf-8")
    save(path, SEED, why="接着改")
    whys = [each.why for each in history.versions(path)]
    assert whys == ["接着改", "", *(["更正食堂数"] if found == meant else []), "更正食堂数", ""]
    assert agrees(path)
    assert left_over(path) == []


# The command line.


def run(*args: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(each) for each in args])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_new_period_adds_one_line_and_a_save(path):
    code, said = run(
        "new-period", "2023Q3", "--as-of", "2023-09-30", "--file", path, "--who", "李四"
    )
    assert (code, said) == (0, f"已添加报告期 2023Q3（三季度，截止 2023-09-30）：{path}\n")
    assert [line.text for line in comparing.diff(SEED, path.read_text(encoding="utf-8"), 0)] == [
        "  - {id: 2023Q3, label: 三季度, as_of: 2023-09-30}"
    ]
    version = history.versions(path)[0]
    assert (version.who, version.why) == ("李四", "添加报告期 2023Q3")


def test_the_history_of_a_file_that_is_not_there_is_no_empty_history(path):
    assert run("history", path) == (0, "")
    missing = path.with_name("nope.yaml")
    assert run("history", missing) == (
        1,
        f"{missing}:1:1: 找不到文件 {missing}。请检查文件名和所在文件夹。\n",
    )


def test_a_byte_order_mark_outlives_a_new_period_and_a_restore(path):
    path.write_bytes(b"\xef\xbb\xbf" + SEED.encode())
    before = path.read_bytes()
    assert run("new-period", "2023Q3", "--as-of", "2023-09-30", "--file", path)[0] == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf# ")
    first = history.versions(path)[-1].fingerprint
    assert run("restore", path, first, "--why", "退回")[0] == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("2023H1", "--as-of", "2023-09-30"), 1, "报告期 2023H1 已经有了。请换一个代号。"),
        (
            ("2022Q3", "--as-of", "2022-09-30"),
            1,
            "报告期 2022Q3 的截止日早于计划开始日 2023-01-01。",
        ),
        (("下半年", "--as-of", "2023-09-30"), 2, "请用 --label 写明"),
        (("下半年", "--as-of", "2023-09-30", "--label", "下半年"), 2, "不能作报告期代号"),
        (("2023Q3", "--as-of", "2023-09-30", "--who", " "), 1, "没有写姓名"),
    ],
)
def test_new_period_says_what_is_wrong_and_changes_nothing(path, args, code, said):
    found = run("new-period", *args, "--file", path)
    assert (found[0], said in found[1]) == (code, True)
    assert path.read_text(encoding="utf-8") == SEED


@pytest.mark.parametrize(
    ("id_", "label"),
    [
        ("2023Q1", "一季度"), ("2023Q2", "二季度"), ("2023H1", "半年度"), ("2023Q3", "三季度"), ("2023Q4", "全年"),
        ("2023H2", "全年"), ("2023Y", "全年"), ("2023", "全年"), ("2023M07", "7 月"), ("2023-11", "11 月"), ("2023M13", ""),
        ("年中", ""),
    ],
)  # fmt: skip
def test_the_name_of_a_period_follows_from_its_id(id_, label):
    assert editing.say.period_label(id_) == label


def test_history_and_restore_on_the_command_line(path):
    first = print_of(path)
    save(path)
    code, said = run("history", path)
    assert code == 0
    assert [line.split("\t")[2:] for line in said.splitlines()] == [
        ["张三", "更正食堂数"],
        ["", "开始记录时的文件"],
    ]
    path.write_text("坏: [", encoding="utf-8")
    code, said = run("restore", path, first[:8], "--who", "李四", "--why", "改坏了")
    assert (code, path.read_text(encoding="utf-8")) == (0, SEED)
    assert [each.why for each in history.versions(path)] == ["改坏了", "", "更正食堂数", ""]
    assert run("restore", path, "ffff", "--why", "x")[0] == 2


def test_adding_a_period_twice_at_once_is_added_once(path):
    document, expected = store.opened(path)
    text = applied(
        document.text, [AddPeriod(Period(id="2023Q3", label="三季度", as_of=dt.date(2023, 9, 30)))]
    )
    save(path, text, expected)
    with pytest.raises(Conflict):
        save(path, text, expected)
    report = SetReport("5.1", "2023Q3", Report(text="新"))
    save(path, applied(text, [report]))
    assert agrees(path)
