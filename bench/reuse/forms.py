#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Forms filled in again and again: how many of their pairs reuse takes for templates.

    forms.py STORIES [--fillings 12] [--seed 3] [--kept 0] [--build FOLDER]

Earnings notes, weather reports, bond issues, match reports, obituary notices and road works, each
from sentences that stay and slots that are filled in anew, of one sentence up to all of them; put
among STORIES (JSON Lines with "id" and "text"). With --kept 0.5 half of the slots of a form are filled in
once for all of its texts, so that longer stretches stay. Prints, by kind and length, the pairs of one form, how
many are reported as reuse of text and how many are templates or not reported at all, which is right.
"""

import argparse
import collections
import itertools
import json
import pathlib
import random
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "measure"))
import edits  # noqa: E402
from measure import ROOT, Failure, program, run_child, table  # noqa: E402

FIRMS = """Harrow Tin, Bexley Freight, Norden Paper, Castellan Foods, Ridge & Lowe, Amberton Gas,
Pell Optical, Quay Marine, Sorrel Textiles, Vantage Rail, Wickham Steel, Orchard Labs, Tamar Clay,
Dunmore Mills, Ilex Software, Kestrel Air, Lorne Shipping, Mercer Glass""".replace("\n", " ").split(", ")
TOWNS = """Aldmouth, Brenwick, Carrow, Dunfell, Eastry, Fornham, Gresley, Haverby, Ickley, Jarrow Sands,
Kelling, Lydbrook, Marston, Norwell, Oxwich, Penhale, Queensfold, Redmire""".replace("\n", " ").split(", ")
PEOPLE = """Ada Colley, Bram Hestor, Clara Voss, Dirk Amory, Enid Falk, Gus Torrance, Hana Ivory, Ivo Lunt,
June Pardoe, Karl Reeve, Lena Stroud, Milo Tansley, Nora Upton, Otto Vickery, Petra Wynn, Ruth Yarrow,
Saul Zimmer, Tilda Brook""".replace("\n", " ").split(", ")
MONTHS = """January February March April May June July August September October November
December""".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SKY = """sunny spells; low cloud; scattered showers; steady rain; morning fog; sleet on the hills; a dry
day; thundery outbreaks""".replace("\n", " ").split("; ")
WIND = "northerly easterly southerly westerly north-westerly south-easterly".split()

# {f} firm, {t} town, {p} person, {m} month, {d} day, {s} sky, {w} wind, {n} 1 to 99, {k} with a point,
# {h} hundreds, {y} a year.
FORMS = {
    "earnings": [
        "{f} said net profit for the {n} weeks to {m} {n} was {k} million pounds against {k} million a year ago.",
        "Turnover rose to {h} million from {h} million and operating margin was {k} per cent compared with {k} per cent.",
        "Earnings per share came to {k} pence against {k} pence, and the board will pay a dividend of {k} pence.",
        "Net debt at the end of the period stood at {h} million pounds, and gearing was {n} per cent.",
        "{p}, chairman, said orders in hand of {h} million gave the directors confidence for the rest of {y}.",
        "The order book of the {t} works covers {n} weeks, and capital spending will be {k} million.",
        "Shares in the company closed at {h} pence on {d}, {n} pence away from their level of {m}.",
        "Figures for the year to {m} {y} will be published on {m} {n}, and the annual meeting is on {m} {n}.",
    ],
    "weather": [
        "Forecast for {t} and district for {d}: {s} at first, {s} later in the day.",
        "Highest temperature {n} degrees, lowest overnight {n} degrees, wind {w} at {n} miles an hour.",
        "Rainfall in the last day was {k} millimetres at {t} and {k} millimetres at {t}.",
        "Sunrise is at {n}.{n} and sunset at {n}.{n}; high water at {t} bridge is at {n}.{n} and again at {n}.{n}.",
        "Visibility {n} miles, pressure {h} millibars and {s} expected over higher ground.",
        "Outlook for {d} and {d}: {s} with winds becoming {w}, and {s} by evening.",
        "The pollen count is {n} and the river at {t} stands at {k} metres, {k} metres below the mark.",
        "Sea temperature off {t} was {n} degrees on {d} morning, with waves of {k} metres.",
    ],
    "bonds": [
        "{f} is issuing {h} million dollars of bonds due {m} {n}, {y}, with a coupon of {k} per cent priced at {k}.",
        "Lead manager is {f} and the co-manager is {f}; payment date is {m} {n}.",
        "The bonds are in denominations of {h} dollars and will be listed in {t}.",
        "They may be called from {m} {y} at {k}, falling by {k} a year to par.",
        "Fees are {k} per cent for management and underwriting combined and {k} per cent for selling.",
        "The yield is {n} basis points over the benchmark of {y}, which was quoted at {k} on {d}.",
        "Proceeds of {h} million will refinance a loan of {y} arranged by {f} at {k} per cent.",
        "The rating is that of the issue of {m} {y}, and interest is paid each {m} {n}.",
    ],
    "results": [
        "{t} beat {t} by {n} goals to {n} in front of {h} spectators at the ground of {t} on {d}.",
        "{p} opened the scoring in the {n}th minute and {p} added a second in the {n}th.",
        "{p} pulled one back {n} minutes after the interval, but {p} was sent off in the {n}th minute.",
        "The winners now have {n} points from {n} games and lie {n} points behind {t}.",
        "{t} have lost {n} of their last {n} matches and have scored {n} goals since {m}.",
        "Referee {p} showed {n} yellow cards, and corners were {n} to {n}.",
        "The next match of {t} is against {t} on {d}, {m} {n}, with kick-off at {n}.{n}.",
        "Receipts were {h} pounds, and the attendance was the best since {m} {y}.",
    ],
    "notices": [
        "{p}, of {t}, died on {d}, {m} {n}, {y}, after a short illness borne with patience, aged {n}.",
        "Born in {t} in {y}, the deceased worked for {n} years with {f} and retired in {y}.",
        "The funeral will be held at the chapel of {t} on {d}, {m} {n}, at {n}.{n}, and burial follows at {t}.",
        "Surviving are {n} children, {n} grandchildren and a sister, {p} of {t}.",
        "Friends may call at the house of {p} in {t} from {n} until {n} on {d}.",
        "In place of flowers the family asks for gifts to the hospital of {t}, care of {p}.",
        "Readings will be given by {p} and {p}, and the choir of {t} will sing.",
        "A service of remembrance is planned in {t} for {m} {n}, {y}, led by {p}.",
    ],
    "road works": [
        "The road from {t} to {t} will be closed from {n}.{n} on {d}, {m} {n}, until {m} {n} for resurfacing.",
        "Traffic will be led by way of {t} and {t}, which adds about {n} minutes to the journey.",
        "Buses of lines {n} and {n} will stop at {t} instead of {t} while the work goes on.",
        "The work costs {h} pounds and is done by {f} under a contract signed in {m} {y}.",
        "Access to houses numbered {n} to {n} is kept open except on {d} between {n} and {n}.",
        "Questions go to {p} at the office in {t}, extension {h}, until {m} {n}.",
        "A speed limit of {n} miles an hour holds for {n} yards on either side of {t} bridge.",
        "The last resurfacing was in {y}, and the next is due in {y} according to {p}.",
    ],
}


def keep_some(sentence, dice, kept):
    """The sentence with this share of its slots filled in for good."""
    parts = sentence.split("{")
    text = parts[0]
    for part in parts[1:]:
        slot = "{" + part[:2]
        text += (fill(slot, dice) if dice.random() < kept else slot) + part[2:]
    return text


def fill(sentence, dice):
    def value(slot):
        return {"f": lambda: dice.choice(FIRMS), "t": lambda: dice.choice(TOWNS),
                "p": lambda: dice.choice(PEOPLE), "m": lambda: dice.choice(MONTHS),
                "d": lambda: dice.choice(DAYS), "s": lambda: dice.choice(SKY),
                "w": lambda: dice.choice(WIND), "n": lambda: str(dice.randint(1, 99)),
                "k": lambda: f"{dice.randint(0, 99)}.{dice.randint(0, 99)}",
                "h": lambda: f"{dice.randint(100, 99999):,}",
                "y": lambda: str(dice.randint(1950, 2030))}[slot]()

    parts = sentence.split("{")
    return parts[0] + "".join(value(part[0]) + part[2:] for part in parts[1:])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("given", type=pathlib.Path, metavar="STORIES")
    parser.add_argument("--fillings", type=int, default=12)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--kept", type=float, default=0.0)
    parser.add_argument("--build", default=str(ROOT / "build" / "release"))
    arguments = parser.parse_args()
    copydesk = program(arguments.build, "tools", "copydesk")
    dice = random.Random(arguments.seed)
    made = {}
    for kind, sentences in FORMS.items():
        for count in (2, 3, 4, 6, 8):
            for form in range(3):
                chosen = [keep_some(sentences[i], dice, arguments.kept)
                          for i in sorted(dice.sample(range(len(sentences)), count))]
                for filling in range(arguments.fillings):
                    text = " ".join(fill(sentence, dice) for sentence in chosen)
                    made[f"{kind}/{count}/{form}/{filling}"] = text
    found = {}
    with tempfile.TemporaryDirectory(prefix="copydesk-forms-") as folder:
        corpus, pairs = (pathlib.Path(folder) / name for name in ("corpus", "pairs"))
        with corpus.open("w", encoding="utf-8") as out:
            for story in edits.read(arguments.given):
                out.write(json.dumps({"id": story["id"], "text": story["text"]}) + "\n")
            for name, text in made.items():
                out.write(json.dumps({"id": name, "text": text}) + "\n")
        run_child([copydesk, "reuse", corpus, "-q", "-o", "/dev/null", "--pairs", pairs])
        with pairs.open(encoding="utf-8") as lines:
            for line in lines:
                pair = json.loads(line)
                found[frozenset((pair["a"], pair["b"]))] = pair["relation"]
    rows = []
    right = total = 0
    for kind in FORMS:
        for count in (2, 3, 4, 6, 8):
            relations = collections.Counter()
            words = []
            for form in range(3):
                names = [f"{kind}/{count}/{form}/{i}" for i in range(arguments.fillings)]
                words += [len(made[name].split()) for name in names]
                for pair in itertools.combinations(names, 2):
                    relations[found.get(frozenset(pair), "none")] += 1
            pairs_made = sum(relations.values())
            hidden = relations["template"] + relations["none"] + relations["boilerplate"]
            mean = sum(words) / len(words)
            rows.append([kind, f"{mean:.0f}", pairs_made, relations["template"], relations["none"],
                         pairs_made - hidden, f"{hidden / pairs_made:.3f}"])
            if mean < 200:
                right += hidden
                total += pairs_made
    print(table(["form", "words", "pairs", "template", "not reported", "reported", "right"], rows))
    print(f"below 200 words: {right:,} of {total:,} = {right / total:.4f}")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"forms.py: {failure}")
