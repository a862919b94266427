// Runs SQL on the profiles of an NDJSON file, asked line by line: node where_duckdb.mjs PROFILES.ndjson
// One thread, one table of typed columns in memory. It prints a line of JSON about what was loaded; then each line of stdin,
//   {"where": "SQL condition", "repeat": n}   gets   {"matches": …, "ns_per_profile": …, "cpu_per_wall": …}
// The time is the median of n times, in CPU time; CPU time per wall time says that it kept to one thread.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

// The packages lie in the folder that the script starts this in.
const { DuckDBInstance, version } = createRequire(process.cwd() + "/package.json")("@duckdb/node-api");

const COLUMNS = {
  plan: "VARCHAR",
  "Total Spent": "DOUBLE",
  trial: "BOOLEAN",
  $city: "VARCHAR",
  $email: "VARCHAR",
  $last_seen: "TIMESTAMP",
};
const fields = Object.entries(COLUMNS).map(([name, type]) => `"${name}" ${type}`);
const selected = Object.keys(COLUMNS).map((name) => `"$properties"."${name}" AS "${name}"`);

const connection = await (await DuckDBInstance.create(":memory:")).connect();
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRows();
await connection.run("SET threads=1");
const started = process.cpuUsage();
await connection.run(`CREATE TABLE profiles AS SELECT ${selected.join(", ")} FROM read_ndjson('${process.argv[2]}',
  columns = {"$properties": 'STRUCT(${fields.join(", ")})'}, maximum_object_size = 16777216)`);
const loaded = process.cpuUsage(started);
const load_ms = (loaded.user + loaded.system) / 1000;
const profiles = Number((await rows("SELECT count(*) FROM profiles"))[0][0]);
const stored = await rows("SELECT DISTINCT column_name, compression FROM pragma_storage_info('profiles') WHERE segment_type <> 'VALIDITY'");

// How many row groups no filter of this kind needs to read, by the least and largest value of each.
async function skippable(column, condition) {
  const groups = `(SELECT min("${column}") AS low, max("${column}") AS high FROM profiles GROUP BY rowid // 122880)`;
  const [[all, kept]] = await rows(`SELECT count(*), count(*) FILTER (${condition}) FROM ${groups}`);
  return { condition: `${column}: ${condition}`, row_groups: Number(all), skipped: Number(all - kept) };
}

const about = {
  version: version(),
  profiles,
  load_ms,
  compression: stored.map((row) => row.join(": ")).sort(),
  skippable: [
    await skippable("plan", "'pro' BETWEEN low AND high"),
    await skippable("Total Spent", "high > 50"),
    await skippable("$city", "'London' BETWEEN low AND high"),
    await skippable("$last_seen", "high >= TIMESTAMP '2026-04-01'"),
  ],
};
console.log(JSON.stringify(about));

async function filter({ where, repeat = 1 }) {
  const query = await connection.prepare(`SELECT count(*) FROM profiles WHERE ${where}`);
  const times = [];
  let wall = 0;
  let matches;
  for (let i = 0; i < repeat; ++i) {
    const begin = process.hrtime.bigint();
    const cpu = process.cpuUsage();
    matches = Number((await query.runAndReadAll()).getRows()[0][0]);
    const { user, system } = process.cpuUsage(cpu);
    times.push((user + system) * 1000);
    wall += Number(process.hrtime.bigint() - begin);
  }
  const cpu_per_wall = times.reduce((sum, time) => sum + time) / wall;
  times.sort((a, b) => a - b);
  return { matches, ns_per_profile: times[times.length >> 1] / profiles, cpu_per_wall };
}

for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(await filter(JSON.parse(line))));
