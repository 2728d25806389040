/** What a terminal's signature covers (RFC 9421). The digest is that of RFC 9530, also for an empty body. */
export interface SignedRequest {
  readonly method: string;
  /** Path alone, without query. */
  readonly path: string;
  /** `sha-256=:BASE64:` of the body as sent. */
  readonly contentDigest: string;
}

/** Who signed when. */
export interface SignatureInput {
  /** Seconds since 1970. */
  readonly created: number;
  /** Another one for each request: 16 to 64 letters, digits, `-` or `_`. */
  readonly nonce: string;
  /** The terminal's id. */
  readonly keyid: string;
}

const LABEL = 'kiosk';
const COMPONENTS = '("@method" "@path" "content-digest")';

/** The header `Signature-Input`. */
export function signatureInputHeader(input: SignatureInput): string {
  return `${LABEL}=${paramsOf(input)}`;
}

/** The header `Signature`. */
export function signatureHeader(base64: string): string {
  return `${LABEL}=:${base64}:`;
}

/** The header `Content-Digest` for the SHA-256 of a body, in base64. */
export function contentDigestHeader(base64: string): string {
  return `sha-256=:${base64}:`;
}

/** The text that is signed by Ed25519, as UTF-8 without a line end at its end. */
export function signatureBase(request: SignedRequest, input: SignatureInput): string {
  return [
    `"@method": ${request.method}`,
    `"@path": ${request.path}`,
    `"content-digest": ${request.contentDigest}`,
    `"@signature-params": ${paramsOf(input)}`,
  ].join('\n');
}

/** Reads `Signature-Input`; undefined when it is not written as this protocol writes it. */
export function readSignatureInput(header: string): SignatureInput | undefined {
  const found =
    /^kiosk=\("@method" "@path" "content-digest"\);created=(\d{1,11});keyid="([a-z0-9-]{1,40})";alg="ed25519";nonce="([\w-]{16,64})"$/.exec(
      header,
    );
  const [, created, keyid, nonce] = found ?? [];
  if (created === undefined || keyid === undefined || nonce === undefined) return undefined;
  return { created: Number(created), keyid, nonce };
}

/** Reads `Signature`: the 64 bytes in base64; undefined when it is not written as this protocol writes it. */
export function readSignature(header: string): string | undefined {
  return /^kiosk=:([A-Za-z0-9+/]{86}==):$/.exec(header)?.[1];
}

function paramsOf({ created, keyid, nonce }: SignatureInput): string {
  return `${COMPONENTS};created=${created};keyid="${keyid}";alg="ed25519";nonce="${nonce}"`;
}
