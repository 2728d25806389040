import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { DISTRICT_PATHS, districtContract } from '#shared/contract/district.ts';
import { OFFICE_HEADER, officeContract } from '#shared/contract/office.ts';
import { SERVICE_PREFIX, serviceContract } from '#shared/contract/services.ts';
import { districtErrorSchema } from '#shared/operations/district-error.ts';

type Operation = NonNullable<OpenAPI.PathItemObject['get']>;

/** Asked by whoever is not known here yet. */
const OPEN_PATHS: ReadonlySet<string> = new Set([
  ...[DISTRICT_PATHS.hello, DISTRICT_PATHS.enrolments],
  ...['/admin/api/log-in', '/admin/api/invitation', '/admin/api/invitation/accept'],
]);

/** How whoever asks proves who it is (docs/protocol.md, section 3.1; docs/api.md; the admin pages' log-in). */
const SECURITY_SCHEMES: OpenAPI.ComponentsObject['securitySchemes'] = {
  terminalSignature: {
    ...{ type: 'apiKey', in: 'header', name: 'Signature' },
    description:
      'Ed25519 over method, path and body (RFC 9421 and RFC 9530), with Signature-Input and Content-Digest; docs/protocol.md, section 3.1.',
  },
  officeSession: {
    ...{ type: 'apiKey', in: 'cookie', name: '__Host-office' },
    description:
      'Set by a log-in with password and one-time code; named "office" where the server is tried out without HTTPS.',
  },
  serviceKey: {
    ...{ type: 'http', scheme: 'bearer' },
    description:
      'A key that the district office gave out; the right that a call needs stands beside it. docs/api.md.',
  },
};

const REFUSED = {
  description:
    'Refused: the code says why; the status is that of the code. With too-many and later, Retry-After says when to ask again.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/DistrictError' } } },
} satisfies OpenAPI.ResponseObject;

/** A page of another site cannot send it: without it nothing is changed. */
const OFFICE_MARK: OpenAPI.ParameterObject = {
  ...{ name: OFFICE_HEADER, in: 'header', required: true },
  schema: { type: 'string', minLength: 1 },
};

/** The OpenAPI document of everything that the server answers to programs: who may ask, with what, and how it refuses. */
export async function describeApi(version: string): Promise<OpenAPI.Document> {
  const converter = new ZodToJsonSchemaConverter();
  const generator = new OpenAPIGenerator({ schemaConverters: [converter] });
  const document = await generator.generate(
    { terminals: districtContract, office: officeContract, services: serviceContract },
    {
      info: {
        title: 'legal-kiosk district',
        version,
        description:
          'What terminals, the admin pages and programs of other parties ask of a district; see docs/protocol.md and docs/api.md.',
      },
      tags: [
        { name: 'terminals', description: 'For terminals, signed with their keys.' },
        { name: 'office', description: 'For the admin pages of the district office.' },
        { name: 'services', description: 'For programs of other parties, with a key.' },
      ],
    },
  );
  const [, error] = converter.convert(districtErrorSchema, { strategy: 'output' });
  return {
    ...document,
    components: {
      schemas: { DistrictError: error as OpenAPI.SchemaObject },
      securitySchemes: SECURITY_SCHEMES,
    },
    paths: Object.fromEntries(
      Object.entries(document.paths ?? {}).map(([path, item]) => [path, withAccess(path, item)]),
    ),
  };
}

/** Each operation of a path with who may ask it, and how it refuses. */
function withAccess(path: string, item: OpenAPI.PathItemObject = {}): OpenAPI.PathItemObject {
  const { get, post } = item;
  return {
    ...(get && { get: described(path, get) }),
    ...(post && { post: described(path, post, path.startsWith('/admin/') ? [OFFICE_MARK] : []) }),
  };
}

function described(
  path: string,
  operation: Operation,
  marks: readonly OpenAPI.ParameterObject[] = [],
): Operation {
  const [tag, proof] = callerOf(path);
  return {
    ...operation,
    tags: [tag],
    ...(marks.length > 0 && { parameters: [...(operation.parameters ?? []), ...marks] }),
    security: OPEN_PATHS.has(path) ? [] : [proof],
    responses: { ...operation.responses, default: REFUSED },
  };
}

/** Whom a call is for, and how they prove who they are. */
function callerOf(path: string): [tag: string, proof: OpenAPI.SecurityRequirementObject] {
  if (path.startsWith('/admin/')) return ['office', { officeSession: [] }];
  if (!path.startsWith(SERVICE_PREFIX)) return ['terminals', { terminalSignature: [] }];
  const [right = ''] = path.slice(SERVICE_PREFIX.length + 1).split('/');
  return ['services', { serviceKey: [right] }];
}
