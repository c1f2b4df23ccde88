// A real OpenID provider for one test: anybody who types a name is that person. Stops when its input ends.
//   node oidc_provider.mjs PORT REDIRECT_URI
import { Provider } from "oidc-provider";

const [port, redirectUri] = process.argv.slice(2);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "haarlem-veilig",
      client_secret: "a-secret-for-the-tests",
      token_endpoint_auth_method: "client_secret_post",
      redirect_uris: [redirectUri],
    },
  ],
  claims: { openid: ["sub"], profile: ["name", "bsn"], email: ["email"] },
  cookies: { keys: ["only-for-the-tests"] },
  pkce: { required: () => true },
  findAccount: (_context, sub) => ({
    accountId: sub,
    claims: () => ({ sub, name: "Jan Jansen", bsn: "999990019", email: "jan@example.org" }),
  }),
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
process.stdin.on("end", () => process.exit(0)).resume();
