# A client that knows only mixpanel.com, and its test: engage-emulator exec -- ruby examples/ruby/test_profiles.rb
require 'json'
require 'minitest/autorun'
require 'net/http'

URL = URI('https://mixpanel.com/api/query/engage?project_id=2195193')

# All profiles that match, page by page.
def profiles(where)
  found = []
  form = { where: where }
  loop do
    request = Net::HTTP::Post.new(URL)
    request.basic_auth('demo.5f3a1c.mp-service-account', 'demo-secret')
    request.set_form_data(form)
    answer = Net::HTTP.start(URL.host, URL.port, use_ssl: true) { |http| http.request(request) }
    raise answer.body unless answer.is_a?(Net::HTTPOK)

    page = JSON.parse(answer.body)
    found += page['results']
    return found if page['results'].size < page['page_size']

    form.update(session_id: page['session_id'], page: page['page'] + 1)
  end
end

class ProfilesTest < Minitest::Test
  def test_all_pages_are_fetched
    ids = profiles('defined(properties["$email"])').map { |profile| profile['$distinct_id'] }
    assert_equal 2323, ids.uniq.size
  end
end
