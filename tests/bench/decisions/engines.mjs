// engines.mjs ENGINE FOLDER LINES: the same table by zen-engine or json-rules-engine. Prints the seconds of deciding alone (the cases are
// read before), of all cores together and on the clock, and writes the clause of each case to FOLDER/ENGINE.out: "" covered, "expired", or the first rule that matches.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [engine, folder, lines] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const [head, ...rows] = readFileSync(`${folder}/cases.csv`, "utf8").trim().split("\n").slice(0, Number(lines) + 1);
const names = head.split(",");
const cases = rows.map((row) => {
  const facts = Object.fromEntries(row.split(",").map((value, i) => [names[i], value]));
  facts.hours = Number(facts.hours);
  facts.price = Number(facts.price);
  return facts;
});

// As ISO text, days compare as they stand.
const isOver = ({ purchase, claim }) => claim > `${Number(purchase.slice(0, 4)) + 2}${purchase.slice(4)}`;

function zen() {
  const { ZenEngine } = require("@gorules/zen-engine");
  const decision = new ZenEngine().createDecision(readFileSync(`${folder}/table.json`));
  return async (facts) => (await decision.evaluate(facts)).result.clause;
}

function jsonRules() {
  const { Engine } = require("json-rules-engine");
  const rules = new Engine(JSON.parse(readFileSync(`${folder}/rules.json`, "utf8")));
  return async (facts) => {
    const { events } = await rules.run(facts);
    return events.map((event) => event.type).sort()[0] ?? "";
  };
}

const decide = engine === "zen" ? zen() : jsonRules();
const answers = [];
await Promise.all(cases.slice(0, 500).map((facts) => decide(facts))); // to warm up
const used = process.cpuUsage();
const start = process.hrtime.bigint();
for (let i = 0; i < cases.length; i += 500)
  answers.push(...(await Promise.all(cases.slice(i, i + 500).map((facts) => decide(facts)))));
const wall = Number(process.hrtime.bigint() - start) / 1e9;
const { user, system } = process.cpuUsage(used);
cases.forEach((facts, i) => {
  if (isOver(facts)) answers[i] = "expired";
});
writeFileSync(`${folder}/${engine}.out`, answers.join("\n") + "\n");
console.log((user + system) / 1e6, wall);
process.exit(0);
