"""The two client programs of Mixpanel's Query API overview, as they stand there: a retry loop and a query budget.

Source: the overview page of the Query API. Only its two placeholders, USERNAME and SECRET, are filled in by the test,
which also puts a virtual clock in the place of `time`.
"""

import time
from collections import deque

import requests
from requests.auth import HTTPBasicAuth

USERNAME = SECRET = ""


def query_with_retry(url, params, max_retries=3):
    """Query with exponential backoff for rate limits"""
    for attempt in range(max_retries):
        response = requests.get(
            url,
            auth=HTTPBasicAuth(USERNAME, SECRET),
            params=params
        )
        if response.status_code == 200:
            return response.json()
        elif response.status_code == 429:
            if attempt < max_retries - 1:
                delay = 2 ** attempt * 60  # 1min, 2min, 4min
                print(f"Rate limited. Waiting {delay}s...")
                time.sleep(delay)
            else:
                raise Exception("Rate limit exceeded")
        else:
            response.raise_for_status()
    raise Exception("Max retries exceeded")


class QueryTracker:
    def __init__(self):
        self.queries = deque(maxlen=60)

    def can_query(self):
        now = time.time()
        # Remove queries older than 1 hour
        while self.queries and now - self.queries[0] > 3600:
            self.queries.popleft()
        return len(self.queries) < 60

    def record_query(self):
        self.queries.append(time.time())
