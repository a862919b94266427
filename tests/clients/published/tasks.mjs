// What the clients of this folder share: the tasks that the environment names, and the form of what they print.
import {readFileSync} from 'node:fs';

/** https://mixpanel.com unless the client is told another host. */
export const BASE_URL = process.env.BASE_URL ?? 'https://mixpanel.com';

/** Prints one line a task: the rows that `fetch_all(task)` collected. */
export async function run_tasks(fetch_all) {
    for (const task of JSON.parse(readFileSync(process.env.TASKS, 'utf8'))) console.log(JSON.stringify(await fetch_all(task)));
}

/** The loop of docs.mixpanel.com/reference/engage-query around `ask(parameters)`, which resolves to a page. */
export async function all_pages(ask) {
    const rows = [];
    let page = await ask({});
    rows.push(...page.results);
    while (page.results.length >= page.page_size) {
        page = await ask({session_id: page.session_id, page: page.page + 1});
        rows.push(...page.results);
    }
    return rows;
}
