// A provider of OpenID Connect on a free port of this machine, for tests. It prints its issuer; for each line that it
// reads, an address to send browsers back to, it begins anew with that one and prints "ready". Whoever signs in is who
// they say they are. It ends with its input.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Provider } from "oidc-provider";

let answer = (_, response) => response.writeHead(503).end();
const server = createServer((request, response) => answer(request, response));
await new Promise((listens) => server.listen(0, "127.0.0.1", listens));
const issuer = `http://127.0.0.1:${server.address().port}`;
console.log(issuer);

for await (const redirect of createInterface({ input: process.stdin })) {
  const provider = new Provider(issuer, {
    clients: [{ client_id: "polymnia", client_secret: "the secret/of%it", redirect_uris: [redirect] }],
    pkce: { required: () => true },
    claims: { openid: ["sub"], profile: ["name"] },
    cookies: { keys: ["of a test"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `${id} of the provider` }) }),
  });
  answer = provider.callback();
  console.log("ready");
}
server.close();
server.closeAllConnections();
