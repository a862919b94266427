// mixpanel-import: the export of profiles, as its README calls it.
import {File} from 'node:buffer';

import {run_tasks} from './tasks.mjs';

// It is made for node 20; of what that has more than Debian's 18, this is all that it misses.
globalThis.File ??= File;
const {default: mixpanel_import} = await import('mixpanel-import');

await run_tasks(async ({username, secret, project_id, options}) => {
    const credentials = {acct: username, pass: secret, project: String(project_id)};
    const job = {recordType: 'profile-export', skipWriteToDisk: true, verbose: false, logs: false, ...options};
    return (await mixpanel_import(credentials, null, job)).dryRun;
});
