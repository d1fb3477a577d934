"""IATI files in the shape of the standard 2.0x, made of a few words."""

from __future__ import annotations

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def activities(*inner: str, version: str = "2.03") -> str:
    return (
        f'{HEAD}<iati-activities version="{version}" generated-datetime="2024-03-01T10:00:00Z">'
        f"{''.join(inner)}</iati-activities>"
    )


def activity(
    *inner: str,
    name: str = "GB-GOV-1-300",
    currency: str = "GBP",
    reporter: str = '<reporting-org ref="GB-GOV-1" type="10"><narrative>Foreign Office</narrative>'
    "</reporting-org>",
    places: str = '<recipient-country code="KE"/>',
    hierarchy: int = 1,
) -> str:
    return f"""
  <iati-activity default-currency="{currency}" hierarchy="{hierarchy}"
      last-updated-datetime="2024-02-01T00:00:00Z" xml:lang="en">
    <iati-identifier>{name}</iati-identifier>
    {reporter}
    <title>
      <narrative xml:lang="fr">Eau</narrative><narrative xml:lang="en">Water</narrative>
    </title>
    {places}
    {"".join(inner)}
  </iati-activity>"""


def transaction(kind: str | int, value: str, inner: str = "", **attributes: str) -> str:
    own = "".join(f' {name.replace("_", "-")}="{text}"' for name, text in attributes.items())
    return f"""
    <transaction ref="t">
      <transaction-type code="{kind}"/><transaction-date iso-date="2023-01-05"/>
      <value{own}>{value}</value>
      <description><narrative>Second instalment</narrative></description>
      {inner}
    </transaction>"""


def related(kind: int, ref: str) -> str:
    return f'<related-activity type="{kind}" ref="{ref}"/>'
