// Asks the endpoint of the first argument the query of the second, and prints the rows as JSON.
import { QueryEngine } from "@comunica/query-sparql";

const [endpoint, query] = process.argv.slice(2);
const found = await new QueryEngine().queryBindings(query, { sources: [{ type: "sparql", value: endpoint }] });
const rows = [];
for await (const row of found) rows.push(Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
console.log(JSON.stringify(rows));
