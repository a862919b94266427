// Four projects that together hold what breaks clients: no profile, one, exactly two pages, and texts of all kinds.
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const row = (id, properties) => ({$distinct_id: id, $properties: properties});

const NAMES = ['Zoë Ångström', 'Jose\u0301 (decomposed)', '李小龍', 'O\'Brien "Bob"', '👩‍👩‍👧‍👦', 'tab\tand\nnew line', 'محمد', 'a\u2028b\u2029c', 'back\\slash', '\u0001\u007f', '𝕌 & + % = ;'];
const PEOPLE = NAMES.map((name, index) => row(`ünï-${index}`, {$name: name, index}));
const COMPANIES = [row('Société Générale', {seats: 12}), row('株式会社', {seats: 7})];
const WHERE = `properties["$name"] == "O'Brien \\"Bob\\"" or "Ångström" in properties["$name"] or properties["$name"] == "𝕌 & + % = ;"`;
const LISTS = {distinct_ids: '["ünï-5","ünï-1","nobody"]', output_properties: '["$name"]'};
const COHORT = {id: 101, name: 'Ünïted', members: ['ünï-2', 'ünï-6', 'ünï-9']};
const DATA_GROUP = {property_name: 'company', display_name: 'Company', data_group_id: '8812'};

const PROJECTS = [
    {name: 'none', project_id: 1, people: []},
    {name: 'one', project_id: 2, people: [row('only', {$name: 'Only'})]},
    {name: 'two_pages', project_id: 3, people: Array.from({length: 2000}, (_, index) => row(`user-${index}`, {index}))},
    {name: 'unicode', project_id: 4, people: PEOPLE},
];

const credentials = project_id => ({username: `account-${project_id}`, secret: `password-${project_id}`, api_key: `key-${project_id}`, api_secret: `api-secret-${project_id}`});

/** Writes the projects below `folder`; their folders. */
export function write_projects(folder) {
    return PROJECTS.map(({name, project_id, people}) => {
        const path = join(folder, name);
        const {username, secret, ...keys} = credentials(project_id);
        const write = (file, value) => writeFileSync(join(path, file), JSON.stringify(value));
        mkdirSync(join(path, 'groups'), {recursive: true});
        write('project.json', {project_id, name, timezone: 'UTC', service_accounts: [{username, secret}], ...keys, data_groups: [DATA_GROUP]});
        write('cohorts.json', [COHORT]);
        write('profiles.json', people);
        write('groups/company.json', COMPANIES);
        return path;
    });
}

/**
 * What a client is to fetch: all users of a project, or what `parameters` select, and the rows that must arrive. `options` says the same
 * in the words of mixpanel-import.
 */
export const TASKS = [
    ...PROJECTS.map(({name, project_id, people}) => ({name, ...credentials(project_id), project_id, parameters: {}, options: {}, rows: people})),
    ...[
        {name: 'where', parameters: {where: WHERE}, options: {whereClause: WHERE}, rows: [PEOPLE[0], PEOPLE[3], PEOPLE[10]]},
        {name: 'cohort', parameters: {filter_by_cohort: '{"id":101}'}, options: {cohortId: 101}, rows: [PEOPLE[2], PEOPLE[6], PEOPLE[9]]},
        {name: 'lists', parameters: LISTS, options: {params: LISTS}, rows: [1, 5].map(index => row(`ünï-${index}`, {$name: NAMES[index]}))},
        {name: 'group', parameters: {data_group_id: '8812'}, options: {dataGroupId: '8812', groupKey: 'company'}, rows: COMPANIES},
    ].map(selection => ({...credentials(4), project_id: 4, ...selection})),
];
