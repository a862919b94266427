"""urllib of the standard library, with all parameters in the URL."""
import base64
import json
import urllib.parse
import urllib.request

from python_tasks import BASE_URL, run_tasks


def ask(task, parameters):
    query = urllib.parse.urlencode({"project_id": task["project_id"], **parameters})
    credentials = base64.b64encode(f"{task['username']}:{task['secret']}".encode()).decode()
    request = urllib.request.Request(f"{BASE_URL}/api/2.0/engage?{query}", headers={"Authorization": f"Basic {credentials}"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


run_tasks(ask)
