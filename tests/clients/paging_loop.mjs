// The paging algorithm of docs.mixpanel.com/reference/engage-query, as it stands there, against the demo project.
import {readFileSync} from 'node:fs';

import {check, DEMO_ROWS, normalise, page_text, with_emulator} from './emulator.mjs';

const COHORTS = JSON.parse(readFileSync(new URL('../../fixtures/data/demo/cohorts.json', import.meta.url), 'utf8'));
const PRO = 'properties["plan"] == "pro"';
const PRO_ROWS = DEMO_ROWS.filter(row => JSON.parse(row).$properties.plan === 'pro');

/** The rows of a cohort that is a list: its profiles in their order, then, unless left out, its members without one. */
function rows_of_cohort(id, include_all_users) {
    const members = new Set(COHORTS.find(cohort => cohort.id === id).members);
    const rows = DEMO_ROWS.filter(row => members.delete(JSON.parse(row).$distinct_id));
    return include_all_users ? [...rows, ...[...members].map(member => `{"$distinct_id":"${member}","$properties":{}}`)] : rows;
}

/** All pages, as parsed answers with their whole text beside. */
async function pages_of(query, selector) {
    const seen = [];
    const query_api = async parameters => {
        const {status, text} = await query({...selector, ...parameters});
        if (status !== 200) throw new Error(`${status} ${text}`);
        return {...JSON.parse(text), text};
    };
    const do_something_with_response = page => seen.push(page);

    // Get the first page of data associated with our selector expression
    let this_page = await query_api({});
    do_something_with_response(this_page);

    // If we get fewer records than the page_size returned with our results,
    // then there are no more records to get. Otherwise, keep querying for additional pages.
    while (this_page.results.length >= this_page.page_size) {
        const next_page_number = this_page.page + 1;
        this_page = await query_api({session_id: this_page.session_id, page: next_page_number});
        do_something_with_response(this_page);
    }
    return seen;
}

function members_of(pages) {
    return pages.flatMap(page => page.results.map(profile => profile.$distinct_id));
}

async function check_loop(query, {name, selector, sizes, total, rows}) {
    const pages = await pages_of(query, selector);
    check(`${name}: page sizes`, pages.map(page => page.results.length), sizes);
    check(`${name}: page numbers count up from 0`, pages.map(page => page.page), sizes.map((_, index) => index));
    check(`${name}: every page has the total and the page size`, pages.map(page => [page.total, page.page_size]), sizes.map(() => [total, 1000]));
    check(`${name}: one session id for all pages`, pages.map(page => page.session_id), sizes.map(() => pages[0].session_id));
    check(`${name}: the session id has its recorded form`, pages[0].session_id.replace(/^\d{13}-[0-9a-f]{32}$/, '<unix ms>-<32 hex>'), '<unix ms>-<32 hex>');
    const ids = members_of(pages);
    check(`${name}: ids are unique and as many as the total`, [ids.length, new Set(ids).size], [total, total]);
    const expected = pages.map(({page, session_id}) => page_text({rows: rows.slice(page * 1000, (page + 1) * 1000), page, total, session_id}));
    check(`${name}: the whole text of every page`, pages.map(page => normalise(page.text)), expected);
}

/** `include_all_users` is left out of the request when it is undefined: its documented default is true. */
async function check_cohort(query, name, id, include_all_users, sizes) {
    const selector = {filter_by_cohort: JSON.stringify({id})};
    if (include_all_users !== undefined) selector.include_all_users = include_all_users;
    const rows = rows_of_cohort(id, include_all_users ?? true);
    await check_loop(query, {name, selector, sizes, total: rows.length, rows});
}

await with_emulator(['--no-rate-limit'], async ({query}) => {
    await check_loop(query, {name: 'no where', selector: {}, sizes: [1000, 1000, 503], total: 2503, rows: DEMO_ROWS});
    await check_loop(query, {name: 'empty where', selector: {where: ''}, sizes: [1000, 1000, 503], total: 2503, rows: DEMO_ROWS});
    await check_loop(query, {name: 'where for one page', selector: {where: PRO}, sizes: [PRO_ROWS.length], total: PRO_ROWS.length, rows: PRO_ROWS});
    await check_loop(query, {name: 'where without results', selector: {where: 'properties["plan"] == "no such plan"'}, sizes: [0], total: 0, rows: []});
    await check_cohort(query, 'cohort of exactly 1,000', 5100008, undefined, [1000, 0]);
    await check_cohort(query, 'cohort of exactly 1,000, profiles only', 5100008, false, [1000, 0]);
    await check_cohort(query, 'cohort of 1,001', 5100009, undefined, [1000, 1]);
    await check_cohort(query, 'cohort of exactly 2,000', 5100010, undefined, [1000, 1000, 0]);
    await check_cohort(query, 'empty cohort', 5100006, undefined, [0]);
    await check_cohort(query, 'cohort with members that have no profile', 5100007, undefined, [15]);
    await check_cohort(query, 'the same cohort, asked for with them', 5100007, true, [15]);
    await check_cohort(query, 'the same cohort, profiles only', 5100007, false, [10]);
});

// A page needs no quota: the whole export is one counted query.
await with_emulator(['--quota', '1'], async ({query}) => {
    await check_loop(query, {name: 'a quota of one', selector: {}, sizes: [1000, 1000, 503], total: 2503, rows: DEMO_ROWS});
    check('a quota of one: the next first page is refused', (await query({})).status, 429);
});
