"""Files that are made to harm whoever reads them; each is a whole file of a kind that is read, but for the harm in it.

Those of XML by what they try: entities, other files, encodings, and sheer size. Those of JSON have no entities.
"""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SIZE = 4_000_000
_ATTRIBUTES = " ".join(f"p:a{n}=''" for n in range(250))


def _suite(inside: str, head: str = _HEAD) -> bytes:
    return f'{head}<testsuite name="s"><testcase name="t"/>{inside}</testsuite>'.encode()


def _declared(subset: str, inside: str = "&e;") -> bytes:
    return _suite(inside, f"{_HEAD}<!DOCTYPE testsuite [{subset}]>\n")


def _named(inside: str) -> bytes:
    return f'<s:testsuite xmlns:s="s" xmlns:p="{"u" * 900_000}"><s:testcase name="t"/>{inside}</s:testsuite>'.encode()


def _laughs() -> bytes:
    tens = {n: f"&e{n - 1};" * 10 for n in range(1, 10)}
    more = "".join(f'<!ENTITY e{n} "{ten}">' for n, ten in tens.items())
    return _declared(f'<!ENTITY e0 "ha">{more}', "&e9;")


def xml() -> dict[str, bytes]:
    return {
        "billion laughs": _laughs(),
        "quadratic blow-up": _declared(f'<!ENTITY e "{"a" * 50_000}">', "&e;" * 50_000),
        "a file by an entity": _declared('<!ENTITY e SYSTEM "file:///etc/passwd">'),
        "an address by an entity": _declared('<!ENTITY e SYSTEM "http://127.0.0.1:9/x">'),
        "an external document type": _suite("", f'{_HEAD}<!DOCTYPE testsuite PUBLIC "x" "http://127.0.0.1:9/x.dtd">'),
        "parameter entities": _declared('<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p; <!ENTITY e "x">'),
        "inclusion": _suite(
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
        ),
        "a huge attribute": _suite(f'<properties x="{"a" * _SIZE}"/>'),
        "very many attributes": _suite("<properties " + " ".join(f"a{n}=''" for n in range(_SIZE // 10)) + "/>"),
        "very deep": _suite("<a>" * 100_000 + "</a>" * 100_000),
        "a huge text": _suite("<system-out>" + "a\n" * (_SIZE // 2) + "</system-out>"),
        "very many elements": _suite("<a/>" * (_SIZE // 4)),
        "very many names": _suite("".join(f"<a{n}/>" for n in range(_SIZE // 10))),
        "a huge namespace, named often": _named("".join(f"<p:a{n}/>" for n in range(250))),
        "a huge namespace, named by attributes": _named(f"<p:a {_ATTRIBUTES}/>"),
        "a huge namespace of many elements": _named("<p:a/>" * 100_000),
        "UTF-7": _suite("+ADw-failure/+AD4-+ADwAIQ-DOCTYPE x+AD4-", '<?xml version="1.0" encoding="UTF-7"?>'),
        "UTF-16": _suite("", '<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16"),
        "another encoding than it says": _suite("", '<?xml version="1.0" encoding="UTF-16"?>'),
        "an unknown encoding": _suite("", '<?xml version="1.0" encoding="unicode_escape"?>'),
        "bytes that are no UTF-8": _suite("") + b"\xff\xfe\xc0\x80",
        "instructions": _suite(
            "", _HEAD + '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>' + "<?php x?>" * 100_000
        ),
        "one instruction of megabytes": _suite(f"<?x {'a' * _SIZE}?>"),
        "one comment of megabytes": _suite(f"<!--{'a' * _SIZE}-->"),
        "packed": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + bytes(range(256)) * 100,
        "a flood of CDATA": _suite("<![CDATA[x]]>" * (_SIZE // 13)),
        "a reference to nothing": _suite("&nothing;"),
        "control characters": _suite("\x01&#1;&#0;"),
        "cut off": _suite("")[:-4],
        "nothing inside": _HEAD.encode(),
        "two of them": _suite("") * 2,
    }


def json() -> dict[str, bytes]:
    return {
        "very deep lists": b"[" * 100_000 + b"]" * 100_000,
        "very deep objects": b'{"metrics":' * 100_000 + b"1" + b"}" * 100_000,
        "deep, and never closed": b'{"metrics":' + b"[" * _SIZE,
        "very many empty objects": b'{"files":[' + b"{}," * (_SIZE // 3) + b"{}]}",
        "very many values": b'{"metrics":[' + b"1," * _SIZE + b"1]}",
        "very many keys": b'{"metrics":{' + b",".join(b'"k%d":1' % n for n in range(_SIZE // 8)) + b"}}",
        "very many empty texts": b'{"metrics":[' + b'"",' * (_SIZE // 3) + b'""]}',
        "texts without commas": b'{"metrics":' + b'""' * (_SIZE // 2),
        "one text of megabytes": b'{"openapi":"' + b"a" * _SIZE + b'","paths":{}}',
        "a text that never ends": b'{"openapi":"' + b"\\\\" * (_SIZE // 2),
        "a number of megabytes": b'{"metrics":{"a":' + b"9" * _SIZE + b"}}",
        "a number beyond all": b'{"metrics":{"a":1e999}}',
        "a whole number beyond all": b'{"metrics":{"a":' + b"9" * 4000 + b"}}",
        "no number": b'{"metrics":{"a":NaN}}',
        "half a character": b'{"openapi":"3.1.0","info":{"title":"\\ud800\\u0000x","version":"\\udc00"},"paths":{}}',
        "a name of control characters": b'{"metrics":{"\\u0000":1}}',
        "the same key again": b'{"metrics":{"a":1},"metrics":[]}',
        "things of other kinds": b'{"openapi":"3","paths":{"/a":[],"/b":null,"c":1},"info":7}',
        "totals that are no numbers": b'{"meta":{},"files":{},"totals":{"num_statements":"1"}}',
        "totals beyond all": b'{"meta":{},"files":{},"totals":{"num_statements":' + b"9" * 400 + b"}}",
        "not closed": b'{"metrics":{"a":1}',
        "something behind": b'{"metrics":{"a":1}} {}',
        "bytes that are no UTF-8": b'{"metrics":{"\xff":1}}',
    }
