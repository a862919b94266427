// All pages of one session at once, as mixpanel/mixpanel-utils (20 threads) and mixpanel-headless (5) fetch them.
import http from 'node:http';

import {check, DEMO_ROWS, normalise, page_text, with_emulator} from './emulator.mjs';

const PAGE_SIZE = 130;
const PAGES = Math.ceil(DEMO_ROWS.length / PAGE_SIZE);
const ROUNDS = 5;
const SEQUENTIAL_QUERIES = 2000;
const HAS_EMAIL = {where: 'defined(properties["$email"])', page_size: PAGE_SIZE};
const EMAIL_ROWS = DEMO_ROWS.filter(row => '$email' in JSON.parse(row).$properties);

function expected_pages(rows, session_id) {
    return Array.from({length: PAGES}, (_, page) => page_text({
        rows: rows.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE),
        page, page_size: PAGE_SIZE, total: rows.length, session_id,
    }));
}

async function open_session(query, selector) {
    return JSON.parse((await query(selector)).text).session_id;
}

function ask_pages(query, selector, session_id) {
    return Promise.all(Array.from({length: PAGES}, (_, page) => query({...selector, session_id, page})));
}

check('the demo project makes 20 pages of 130', PAGES, 20);

await with_emulator(['--no-rate-limit'], async ({query}) => {
    const everyone = {page_size: PAGE_SIZE};
    const session_id = await open_session(query, everyone);
    for (let round = 1; round <= ROUNDS; ++round) {
        const answers = await ask_pages(query, everyone, session_id);
        check(`round ${round}: 20 parallel pages of one session answer 200`, answers.map(answer => answer.status), Array(PAGES).fill(200));
        check(`round ${round}: every page has its whole text`, answers.map(answer => normalise(answer.text)), expected_pages(DEMO_ROWS, session_id));
    }

    const other_id = await open_session(query, HAS_EMAIL);
    const [ours, others] = await Promise.all([ask_pages(query, everyone, session_id), ask_pages(query, HAS_EMAIL, other_id)]);
    check('two sessions at once: every page of the first', ours.map(answer => normalise(answer.text)), expected_pages(DEMO_ROWS, session_id));
    check('two sessions at once: every page of the second', others.map(answer => normalise(answer.text)), expected_pages(EMAIL_ROWS, other_id));
});

// Five at a time stay within the documented five concurrent queries; no page is refused.
await with_emulator([], async ({query}) => {
    const selector = {page_size: PAGE_SIZE};
    const session_id = await open_session(query, selector);
    const answers = [];
    let next = 0;
    const worker = async () => {
        for (let page = next++; page < PAGES; page = next++) answers[page] = await query({...selector, session_id, page});
    };
    await Promise.all([worker(), worker(), worker(), worker(), worker()]);
    check('5 workers under the default limits: every page has its whole text', answers.map(answer => normalise(answer.text)), expected_pages(DEMO_ROWS, session_id));
});

// A client that waits for each answer runs one query at a time, however many connections it has open.
await with_emulator(['--quota', '100000', '--concurrency', '1'], async ({query_over}) => {
    const agents = [new http.Agent({keepAlive: true}), new http.Agent({keepAlive: true})];
    const counts = {};
    for (let turn = 0; turn < SEQUENTIAL_QUERIES; ++turn) {
        const status = await query_over(agents[turn % 2], {page_size: 1});
        counts[status] = (counts[status] ?? 0) + 1;
    }
    agents.forEach(agent => agent.destroy());
    check('queries one after the other on two connections never exceed a concurrency of 1', counts, {200: SEQUENTIAL_QUERIES});
});
