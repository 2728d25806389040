import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { districtContract } from '#shared/contract/district.ts';
import { officeContract } from '#shared/contract/office.ts';
import { districtErrorSchema } from '#shared/operations/district-error.ts';

/** The OpenAPI document of everything that the server answers to programs. */
export async function describeApi(version: string) {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(
    { terminals: districtContract, office: officeContract },
    {
      info: {
        title: 'legal-kiosk district',
        version,
        description:
          'What terminals and the admin pages ask of their district; see docs/protocol.md.',
      },
      commonSchemas: { Error: { error: 'UndefinedError' } },
      customErrorResponseBodySchema: () =>
        new ZodToJsonSchemaConverter().convert(districtErrorSchema, {
          strategy: 'output',
        })[1] as never,
    },
  );
}
