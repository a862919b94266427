// mixpanel-data-export-node: needle, the API secret without a colon; with the argument `sig` it signs its requests instead.
import MixpanelExport from 'mixpanel-data-export-node';

import {all_pages, run_tasks} from './tasks.mjs';

const signs = process.argv[2] === 'sig';

await run_tasks(({api_key, api_secret, parameters}) => {
    const panel = new MixpanelExport(signs ? {api_key, api_secret} : {api_secret});
    return all_pages(page => panel.engage({...parameters, ...page}));
});
