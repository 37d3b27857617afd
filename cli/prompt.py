"""`arthouse sql` on a terminal: statements one after another, with completion and a history."""

import os
import sys
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from prompt_toolkit.styles import Style
from pygments.lexers.sql import PostgresLexer

from cli import catalog, dot_commands, grid, query, report
from cli.completion import SqlCompleter
from warehouse import connect, sandbox
from warehouse.sandbox import Limits

# The terminal's own colours, so that they can be read on light and on dark.
STYLE = Style.from_dict(
    {
        "pygments.keyword": "ansiblue bold",
        "pygments.literal.string": "ansigreen",
        "pygments.literal.number": "ansicyan",
        "pygments.comment": "ansibrightblack",
    }
)


def is_possible() -> bool:
    """Whether a person types and reads."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def run(home: Path, limits: Limits) -> None:
    """Answer until the person leaves."""
    release = connect.published(home)
    talk = dot_commands.Talk(home, limits, report.console(), catalog.read(home))
    completer = SqlCompleter(talk.known, dot_commands.COMMANDS)
    session = _session(completer)
    talk.out.print(
        f"Release {release.stem}, read-only. A statement ends with ; and .help says more.",
        highlight=False,
    )
    while talk.goes_on:
        # Ctrl-C may come at any moment, also between a prompt and an answer.
        try:
            _answer(talk, session.prompt().strip())
            if connect.published(home) != release:
                release = connect.published(home)
                talk.known = completer.known = catalog.read(home)
                talk.out.print(f"Now release {release.stem}.", highlight=False)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def _session(completer: SqlCompleter) -> PromptSession[str]:
    return PromptSession(
        "arthouse> ",
        prompt_continuation="     ...> ",
        multiline=True,
        history=history(),
        lexer=PygmentsLexer(PostgresLexer),
        style=STYLE,
        include_default_pygments_style=False,
        completer=completer,
        complete_while_typing=True,
        auto_suggest=AutoSuggestFromHistory(),
        key_bindings=bindings(),
        enable_open_in_editor=True,
    )


def _answer(talk: dot_commands.Talk, text: str) -> None:
    try:
        if text.startswith("."):
            dot_commands.obey(talk, text)
        elif text.strip(";"):
            talk.last = text
            database = connect.published(talk.home)
            with talk.out.status("running; Ctrl-C stops it"):
                answer = sandbox.ask(database, text, talk.limits)
            grid.page(answer, talk.out)
    except KeyboardInterrupt:
        talk.out.print("Stopped.")
    except (sandbox.QueryError, query.PlaceError) as error:
        query.complain(error, text, talk.out)


def bindings() -> KeyBindings:
    """Enter ends a statement that is whole, and else begins a line."""
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state and buffer.complete_state.current_completion:
            buffer.complete_state = None
        elif is_whole(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return keys


def is_whole(text: str) -> bool:
    """A statement with its semicolon, a command, or nothing."""
    stripped = text.strip()
    return not stripped or stripped.endswith(";") or stripped.startswith(".")


def history() -> History:
    """Of this person alone, outside the warehouse: a query may say what nobody else should know."""
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state")
    file = state / "arthouse" / "sql_history"
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
        file.chmod(0o600)
    except OSError:
        # A container may have no folder of the person's.
        return InMemoryHistory()
    return FileHistory(file)
