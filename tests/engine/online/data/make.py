#!/usr/bin/env python3
"""Writes the answers of this folder, in the shapes that AcoustID's web service gives; names and ids are made up.

compressed() leaves out what the service leaves out with meta=compress, in its order.
"""
import copy
import json
import pathlib
import uuid

folder = pathlib.Path(__file__).parent


def uid(name):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def artist(name, join=None):
    out = {"id": uid("artist " + name), "name": name}
    return out | ({"joinphrase": join} if join else {})


def track(release, position, title, artists):
    return {"id": uid(f"track {release} {position}"), "position": position, "title": title, "artists": artists}


def release(name, title, artists, date, medium, track_at, media=1, count=12, country="DE"):
    date = dict(zip(("year", "month", "day"), date))
    return {"id": uid("release " + name), "title": title, "medium_count": media, "track_count": count * media,
            "artists": artists, "releaseevents": [{"country": country, "date": date}], "country": country,
            "date": date, "mediums": [{"position": medium, "format": "CD", "track_count": count,
                                       "tracks": [track_at]}]}


def group(name, title, artists, kind, releases, secondary=None):
    out = {"id": uid("group " + name), "title": title, "type": kind, "artists": artists, "releases": releases}
    return out | ({"secondarytypes": secondary} if secondary else {})


def recording(name, title, artists, duration, sources, groups):
    return {"id": uid("recording " + name), "title": title, "duration": duration, "sources": sources,
            "artists": artists, "releasegroups": groups}


def result(name, score, recordings=None):
    return {"id": uid("acoustid " + name), "score": score} | ({} if recordings is None else {"recordings": recordings})


def drop_same(inner, outer, *fields):
    for field in fields:
        if field in inner and inner[field] == outer.get(field):
            del inner[field]


def compressed(answer):
    answer = copy.deepcopy(answer)
    for of in (r for result in answer["results"] for r in result.get("recordings", [])):
        for rg in of.get("releasegroups", []):
            for rel in rg["releases"]:
                for one in (t for medium in rel["mediums"] for t in medium["tracks"]):
                    drop_same(one, rel, "artists")
                    drop_same(one, of, "title")
                drop_same(rel, rg, "artists", "title")
            drop_same(rg, of, "artists")
    return answer


def write(name, results):
    (folder / f"{name}.json").write_text(json.dumps({"status": "ok", "results": results}, ensure_ascii=False, indent=1) + "\n")


duo = [artist("Jörð", " feat. "), artist("The Quiet Ones")]
band = [artist("Jörð")]
various = [artist("Various Artists")]
first = group("first", "Ís og eldur", band, "Album", [
    release("first JP", "Ís og eldur (Deluxe)", band, (2004, 9), 2, track("first JP", 5, "Norðurljós", duo), 2, country="JP"),
    release("first DE", "Ís og eldur", band, (2003, 2, 17), 1, track("first DE", 4, "Norðurljós", duo)),
])
single = group("single", "Norðurljós", duo, "Single",
               [release("single", "Norðurljós", duo, (2002, 11, 4), 1, track("single", 1, "Norðurljós (radio)", duo), count=3)])
sampler = group("sampler", "Winter Hits 2001", various, "Album",
                [release("sampler", "Winter Hits 2001", various, (2001,), 1, track("sampler", 9, "Norðurljós", duo), count=20)],
                ["Compilation"])
lights = recording("lights", "Norðurljós", duo, 213, 84, [sampler, single, first])
rare = recording("rare", "Norðurljós (home demo)", band, 214, 2, [])
live = recording("live", "Norðurljós (live)", duo, 211, 61, [group("live", "Á sviði", band, "Album", [
    release("live", "Á sviði", band, (2008, 5), 1, track("live", 2, "Norðurljós (live)", duo))], ["Live"])])
longer = recording("longer", "Norðurljós (extended)", duo, 402, 900, [])

write("no_result", [])
write("id_only", [result("lights", 0.97, [{"id": uid("recording lights"), "sources": 84}]), result("bare", 0.95)])
write("one_recording", [result("lights", 0.98, [lights, rare, longer]), result("unlike", 0.55, [live])])
write("one_recording_compressed", compressed({"results": [result("lights", 0.98, [lights, rare, longer]),
                                                          result("unlike", 0.55, [live])]})["results"])
write("many_recordings", [result("lights", 0.98, [lights, live, rare])])
write("two_results", [result("lights", 0.93, [lights]), result("other", 0.97, [lights, rare])])
