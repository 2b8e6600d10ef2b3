"""The `quietline` command: talk to the line, look inside it, set it up and run it."""

import click

from bot.commands import content, counts, drill, provider, serve, talk

#: In the order of `quietline --help`: what a newcomer needs first.
COMMANDS = (
    content.init,
    serve.serve,
    talk.say,
    talk.understand,
    content.lint,
    content.train,
    talk.provider_texts,
    talk.fallback_twiml,
    provider.doctor,
    provider.purge_provider,
    drill.drill,
    counts.counts,
)


class _InOrder(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Quietline: a text in, the right number out, nothing kept."""


for command in COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    main()
