// A client that knows only mixpanel.com, and its test: engage-emulator exec -- go test
package profiles

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

const address = "https://mixpanel.com/api/query/engage?project_id=2195193"

type profile struct {
	DistinctID string         `json:"$distinct_id"`
	Properties map[string]any `json:"$properties"`
}

// profiles returns all profiles that match, page by page.
func profiles(where string) ([]profile, error) {
	var found []profile
	form := url.Values{"where": {where}}
	for {
		request, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
		if err != nil {
			return nil, err
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.SetBasicAuth("demo.5f3a1c.mp-service-account", "demo-secret")
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			return nil, err
		}
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("mixpanel.com answered %s", answer.Status)
		}
		var page struct {
			Results   []profile
			Page      int
			PageSize  int    `json:"page_size"`
			SessionID string `json:"session_id"`
		}
		if err := json.NewDecoder(answer.Body).Decode(&page); err != nil {
			return nil, err
		}
		found = append(found, page.Results...)
		if len(page.Results) < page.PageSize {
			return found, nil
		}
		form.Set("session_id", page.SessionID)
		form.Set("page", strconv.Itoa(page.Page+1))
	}
}

func TestAllPagesAreFetched(t *testing.T) {
	found, err := profiles(`defined(properties["$email"])`)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, profile := range found {
		ids[profile.DistinctID] = true
	}
	if len(ids) != 2323 {
		t.Errorf("%d different profiles, expected 2323", len(ids))
	}
}
