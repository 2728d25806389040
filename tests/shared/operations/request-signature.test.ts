import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import {
  contentDigestHeader,
  readSignature,
  readSignatureInput,
  type SignedRequest,
  signatureBase,
  signatureHeader,
  signatureInputHeader,
} from '#shared/operations/request-signature.ts';

const input = { created: 1_795_000_000, keyid: 't-abcdefghjk', nonce: 'abcdefghijklmnop' };
const digest = (body: string) =>
  contentDigestHeader(createHash('sha256').update(body).digest('base64'));
const request: SignedRequest = {
  method: 'POST',
  path: DISTRICT_PATHS.operations,
  contentDigest: digest('{"a":1}'),
};

test('the base that is signed is as the protocol writes it', () => {
  expect(signatureBase(request, input).split('\n')).toEqual([
    '"@method": POST',
    '"@path": /v1/operations',
    `"content-digest": ${request.contentDigest}`,
    '"@signature-params": ("@method" "@path" "content-digest");created=1795000000;keyid="t-abcdefghjk";alg="ed25519";nonce="abcdefghijklmnop"',
  ]);
});

test('what is written in the headers is read again, and a signature holds for its request only', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signature = sign(null, Buffer.from(signatureBase(request, input)), privateKey);
  const read = readSignatureInput(signatureInputHeader(input));
  const bytes = Buffer.from(
    readSignature(signatureHeader(signature.toString('base64'))) ?? '',
    'base64',
  );
  const holds = (other: Partial<SignedRequest>) =>
    verify(
      null,
      Buffer.from(signatureBase({ ...request, ...other }, read ?? input)),
      publicKey,
      bytes,
    );
  expect(read).toEqual(input);
  expect(holds({})).toBe(true);
  expect(holds({ path: DISTRICT_PATHS.heartbeats })).toBe(false);
  expect(holds({ method: 'GET' })).toBe(false);
  expect(holds({ contentDigest: digest('{"a":2}') })).toBe(false);
});

test.each([
  [
    'other components',
    'kiosk=("@method");created=1;keyid="t-a";alg="ed25519";nonce="abcdefghijklmnop"',
  ],
  ['another algorithm', signatureInputHeader(input).replace('ed25519', 'hmac-sha256')],
  ['a short nonce', signatureInputHeader({ ...input, nonce: 'abc' })],
  ['a second signature', `${signatureInputHeader(input)}, ${signatureInputHeader(input)}`],
])('%s are not read', (_name, header) => {
  expect(readSignatureInput(header)).toBeUndefined();
});

test('a signature that is not 64 bytes is not read', () => {
  expect(readSignature('kiosk=:AAAA:')).toBeUndefined();
});
