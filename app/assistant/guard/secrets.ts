/** Strings that look like credentials, whoever issued them. The model is given none, so any of these is wrong in a reply. */
const CREDENTIALS = [
  /AIza[\w-]{20,}/, // Google API key
  /ya29\.[\w-]{10,}/, // Google access token
  /\bEAA[A-Za-z0-9]{20,}/, // Meta access token
  /\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{16,}/,
  /\bSG\.[\w-]{10,}\.[\w-]{10,}/, // SendGrid
  /\bxox[abeoprs]-[\w-]{10,}/, // Slack
  /\b(?:ghp|gho|ghs|ghu|github_pat)_\w{16,}/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/,
  /\bwhsec_\w{10,}/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}/, // JSON Web Token
  /-----BEGIN [A-Z ]+-----/,
  /\bBearer\s+[\w.~+/-]{16,}=*/i,
  // A variable of ours with a value.
  /\b(?:META_APP_SECRET|OMNI_\w+_SECRET|WHATSAPP_TOKEN|META_ACCESS_TOKEN|GEMINI_API_KEY|SENDGRID_API_KEY)\b\s*[=:]/,
  /\b(?:api[ _-]?key|secret|token|senha|password|contrase[nñ]a)\s*(?:é|is|es|=|:)\s*["'`]?(?=\S*\d)[\w!@#$%^&*-]{8,}/i,
];

/** A run without spaces of letters and digits in both cases: how keys, hashes and encoded text look, and words never do. */
const DENSE = /[A-Za-z0-9_+/=-]{24,}/g;

/** Whether `text` holds something that looks like a credential, or one of `secrets` in any spacing. */
export function hasSecret(text: string, secrets: readonly string[]): boolean {
  if (CREDENTIALS.some((pattern) => pattern.test(text))) return true;
  if ((text.match(DENSE) ?? []).some(isDense)) return true;
  const bare = alphanumeric(text);
  return secrets.some((secret) => {
    const key = alphanumeric(secret);
    return key.length >= 8 && (bare.includes(key) || bare.includes([...key].reverse().join("")));
  });
}

/** Slugs of addresses are lower case with few digits; hex is digits and a to f; encoded text mixes cases. */
function isDense(run: string): boolean {
  const digits = run.match(/\d/g)?.length ?? 0;
  if (/^[0-9a-fA-F]{32,}$/.test(run)) return true;
  // Words tied together by hyphens, slashes or underscores are judged piece by piece.
  const longest = run.split(/[-_/]/).reduce((most, piece) => Math.max(most, piece.length), 0);
  if (longest < 16) return false;
  return digits >= 2 && /[a-z]/.test(run) && /[A-Z]/.test(run);
}

function alphanumeric(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}
