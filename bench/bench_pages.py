"""The reading page in a real Chromium: what it transfers, and when its text is there.

Starts the production build on an empty data folder, imports a document of the corpus, and measures, cold (fresh
profile) and warm (same profile again): script and style bytes as transferred, first paint, and when the last paragraph
is visible. The ratio is to a static page of the same text and style sheet, from the same server machine, in the same
Chromium, in the same run. Also the memory of the server's processes.
"""

import http.server
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from scripts import build, chromium
from tests import corpus

ROOT = Path(__file__).resolve().parent.parent
PORT, STATIC_PORT = 3391, 3392
ROUNDS = 7
TEXT_VISIBLE = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  const files = performance.getEntriesByType("resource");
  const of = (kind) => files.filter((file) => file.name.split("?")[0].endsWith(kind));
  const sum = (kind) => of(kind).reduce((all, file) => all + file.encodedBodySize, 0);
  return {paint, text: window.__text ?? 0, script: sum(".js"), style: sum(".css")};
}"""
WATCH = """
const look = () => {
  const found = document.querySelector(".prose p:last-of-type, .prose li:last-of-type");
  if (found && found.getBoundingClientRect().height) requestAnimationFrame(() => (window.__text ??= performance.now()));
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def start(data: str) -> tuple[subprocess.Popen[str], str, float]:
    """The server, the setup token, and the seconds until it answered."""
    began = time.perf_counter()
    environment = os.environ | {
        "PLUMBLINE_DATA_DIR": data,
        "PLUMBLINE_LOG_LEVEL": "WARNING",
        "PLUMBLINE_RATE_LIMIT_SCALE": "1000",
    }
    command = [str(Path(sys.executable).with_name("plumbline")), "serve", "--host", "127.0.0.1", "--port", str(PORT)]
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    token = next((found[1] for line in server.stdout if (found := re.search(r"setup\?token=(\S+)", line))), "")
    while True:
        try:
            if httpx2.get(f"http://127.0.0.1:{PORT}/healthz").status_code == 200:
                return server, token, time.perf_counter() - began
        except httpx2.TransportError:
            time.sleep(0.02)


def fill(token: str) -> tuple[httpx2.Client, str]:
    """An owner with one document: a client with their cookie, and the address of its page."""
    origin = f"http://127.0.0.1:{PORT}"
    client = httpx2.Client(base_url=origin, headers={"Origin": origin})
    person = {"name": "Bench", "email": "b@example.org", "password": "a long enough phrase", "start": "empty"}
    client.post("/auth/setup", data={"token": token, **person}).raise_for_status()
    text = max(corpus.documents(), key=lambda path: abs(path.stat().st_size < 60_000) * path.stat().st_size)
    files = {"files": (text.name, text.read_bytes(), "text/markdown")}
    client.post("/api/v1/imports", data={"space": "GEN"}, files=files).raise_for_status()
    return client, f"{origin}/d/GEN-1"


class Static(http.server.BaseHTTPRequestHandler):
    """The same text and style sheet as a plain page without a script."""

    page, style = b"", b""

    def do_GET(self) -> None:
        body, kind = (self.style, "text/css") if self.path.endswith(".css") else (self.page, "text/html; charset=utf-8")
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        if kind == "text/css":
            self.send_header("cache-control", "public, max-age=31536000, immutable")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


def serve_static(client: httpx2.Client, address: str) -> http.server.ThreadingHTTPServer:
    served = client.get(address).text
    head, _, rest = served.partition("</head>")
    style = re.search(r'href="(/assets/[^"]+\.css)"', head)
    assert style
    body = re.sub(r"<script.*?</script>", "", rest, flags=re.DOTALL)
    Static.page = f'<!doctype html><html lang="en"><head><link rel="stylesheet" href="/s.css"></head>{body}'.encode()
    Static.style = client.get(style[1]).content
    server = http.server.ThreadingHTTPServer(("127.0.0.1", STATIC_PORT), Static)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def visit(context: BrowserContext, address: str) -> dict[str, float]:
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address, wait_until="load")
    page.wait_for_function("window.__text && performance.getEntriesByName('first-contentful-paint').length")
    found: dict[str, float] = page.evaluate(TEXT_VISIBLE)
    page.close()
    return found


def measure(browser: Browser, address: str, cookies: list[Any]) -> dict[str, dict[str, float]]:
    """Medians of cold and warm visits in milliseconds, bytes of the cold one."""
    cold, warm = [], []
    for _ in range(ROUNDS):
        context = browser.new_context(bypass_csp=True)
        context.add_cookies(cookies)
        cold.append(visit(context, address))
        warm.append(visit(context, address))
        context.close()
    return {
        name: {key: statistics.median(row[key] for row in rows) for key in rows[0]}
        for name, rows in (("cold", cold), ("warm", warm))
    }


def memory(pid: int) -> dict[str, float]:
    """Resident MB of the server's processes."""
    rows = subprocess.run(["/bin/ps", "-eo", "pid,ppid,rss"], capture_output=True, text=True, check=True).stdout
    table = [tuple(map(int, row.split())) for row in rows.splitlines()[1:]]
    family = {pid}
    for _ in range(4):
        family |= {child for child, parent, _ in table if parent in family}
    return {str(one): rss / 1024 for one, _, rss in table if one in family}


def report(ours: dict[str, dict[str, float]], plain: dict[str, dict[str, float]]) -> None:
    size = ours["cold"]
    print(f"scripts {size['script'] / 1000:.0f} KB, styles {size['style'] / 1000:.0f} KB as transferred (brotli)")
    for name in ("cold", "warm"):
        for key in ("paint", "text"):
            mine, other = ours[name][key], plain[name][key]
            print(f"{name} {key:5}: {mine:6.0f} ms, static page {other:6.0f} ms, ratio {mine / other:.2f}")


def main() -> None:
    build.main()
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server, token, seconds = start(data)
        try:
            client, address = fill(token)
            static = serve_static(client, address)
            browser = playwright.chromium.launch(executable_path=str(chromium.find()), args=["--no-sandbox"])
            cookies = [{"name": key, "value": value, "url": address} for key, value in client.cookies.items()]
            ours = measure(browser, address, cookies)
            plain = measure(browser, f"http://127.0.0.1:{STATIC_PORT}/", [])
            report(ours, plain)
            print(f"start to first answer {seconds:.1f} s; memory {sum(memory(server.pid).values()):.0f} MB in all")
            print({pid: round(size) for pid, size in memory(server.pid).items()})
            browser.close()
            static.shutdown()
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()
