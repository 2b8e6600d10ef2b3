"""The command that prints what a new area's files need."""

import click

from bot.directory.counties import as_middles, as_zip_list, county


@click.command()
@click.argument("county_name", metavar="COUNTY")
@click.argument("state")
@click.option("--middles", is_flag=True, help="The lines for zips.toml instead: where each ZIP code lies.")
def zips(county_name: str, state: str, *, middles: bool) -> None:
    """Print the ZIP codes of a county, ready to paste into line.toml: quietline zips "Cook County" IL.

    The data are those of the zipcodes package (unitedstateszipcodes.org and GeoNames, CC BY 4.0).
    """
    found = county(county_name, state)
    if not found.zips:
        raise click.ClickException(f'no ZIP code is in {county_name}, {state}; write it like "Cook County" IL')
    click.echo(as_middles(found) if middles else as_zip_list(found))
