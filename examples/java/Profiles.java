// A client that knows only mixpanel.com: how many profiles match, from the first page.
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.regex.Pattern;
import static java.nio.charset.StandardCharsets.UTF_8;

public class Profiles {
    public static void main(String[] arguments) throws Exception {
        String account = Base64.getEncoder().encodeToString("demo.5f3a1c.mp-service-account:demo-secret".getBytes(UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://mixpanel.com/api/query/engage?project_id=2195193"))
                .header("Authorization", "Basic " + account)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("where=" + URLEncoder.encode(arguments[0], UTF_8)))
                .build();
        String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
        var total = Pattern.compile("\"total\":(\\d+)").matcher(answer);
        System.out.println(total.find() ? total.group(1) : answer);
    }
}
