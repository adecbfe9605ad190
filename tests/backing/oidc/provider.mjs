// A certified OpenID Connect provider (oidc-provider) with pages of ours for signing in: who types a name is that person.
// node provider.mjs PORT CLIENT_ID CLIENT_SECRET REDIRECT_URI
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, clientId, clientSecret, redirectUri] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const client = {
  client_id: clientId,
  client_secret: clientSecret,
  redirect_uris: [redirectUri],
  grant_types: ["authorization_code"],
  response_types: ["code"],
};
const account = (_context, name) => ({
  accountId: name,
  claims: async () => ({ sub: name, name: `${name} of the provider`, email: `${name}@people.example`, email_verified: true }),
});
const provider = new Provider(issuer, {
  clients: [client],
  findAccount: account,
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  cookies: { keys: ["only for tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
});

const page = (uid, prompt) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Test provider</title>
<link rel="icon" href="data:,"><h1>Test provider: ${prompt}</h1><form method="post" action="/interaction/${uid}">
${prompt === "login" ? '<label>Name <input name="name" autofocus></label>' : ""}
<button>Continue</button> <button name="cancel" value="yes">Cancel</button></form></html>`;

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

async function consented(details) {
  const { grantId, params, session } = details;
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return { consent: { grantId: await grant.save() } };
}

async function interact(request, response) {
  const details = await provider.interactionDetails(request, response);
  const { uid, prompt } = details;
  if (request.method === "GET") {
    response.setHeader("content-type", "text/html");
    response.end(page(uid, prompt.name));
    return;
  }
  const form = await body(request);
  const result = form.get("cancel")
    ? { error: "access_denied", error_description: "cancelled" }
    : prompt.name === "login"
      ? { login: { accountId: form.get("name") } }
      : await consented(details);
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
}

const rest = provider.callback();
createServer((request, response) => {
  const ours = request.url.startsWith("/interaction/");
  Promise.resolve(ours ? interact(request, response) : rest(request, response)).catch((error) => {
    console.error(error);
    response.statusCode = 500;
    response.end();
  });
}).listen(Number(port), "127.0.0.1", () => console.log("listening"));
