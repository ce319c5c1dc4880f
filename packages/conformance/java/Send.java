import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends a body with java.net.http's HttpClient, which over plain HTTP offers h2c by default. */
class Send {
  /** Standard input: the body. Arguments: URL, way (default, chunked), and the names and values of headers. */
  public static void main(String[] args) throws Exception {
    var bytes = System.in.readAllBytes();
    var body =
        args[1].equals("chunked")
            ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))
            : BodyPublishers.ofByteArray(bytes);
    var request = HttpRequest.newBuilder(URI.create(args[0])).POST(body);
    for (int i = 2; i + 1 < args.length; i += 2) request.header(args[i], args[i + 1]);
    var response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    System.out.print(response.statusCode() + " " + response.version() + " " + response.body());
  }
}
