// Runs the tests of one module under MicroPython: the job comes as JSON on standard input, the results leave as JSON.
import { readFileSync } from "node:fs";

const job = JSON.parse(readFileSync(0, "utf8"));
const { loadMicroPython } = await import(job.interpreter);
const printed = [];
const python = await loadMicroPython({ stdout: (line) => printed.push(line) });
for (const [path, source] of Object.entries(job.files)) {
  const folders = path.split("/").slice(0, -1);
  folders.forEach((_, depth) => {
    const folder = `/${folders.slice(0, depth + 1).join("/")}`;
    if (!python.FS.analyzePath(folder).exists) python.FS.mkdir(folder);
  });
  python.FS.writeFile(`/${path}`, source);
}
const results = [];
globalThis.report = (name, trace) => results.push([name, trace]);
try {
  python.runPython(`
import sys
sys.path.insert(0, "/")
import js
from tests.interpreters.inside import run
for name, trace in run("${job.module}"):
    js.report(name, trace)
`);
} catch (error) {
  results.push(["interpreter", String(error)]);
}
process.stdout.write(JSON.stringify({ results, printed }));
