import { describe, expect, test } from 'vitest';
import { districtContract } from '#shared/contract/district.ts';
import {
  bundleContentSchema,
  bundleSchema,
  receiptsSchema,
  signedFileSchema,
  signedFileText,
} from '#shared/operations/bundle.ts';
import { DISTRICT_ERRORS, districtErrorSchema } from '#shared/operations/district-error.ts';
import { editablePart, editablePartSchema } from '#shared/operations/editable-part.ts';
import {
  ENROLMENT_ALPHABET,
  enrolmentCodeSchema,
  enrolmentProof,
  provisioningSchema,
} from '#shared/operations/enrolment.ts';
import {
  contentEditSchema,
  contentWithdrawSchema,
  factTypeSchema,
  operationBatchSchema,
  operationTypeSchema,
  PROTOCOL,
  submissionSchema,
} from '#shared/operations/operation.ts';
import { OPERATION_LIMITS, PUSH_PAUSES } from '#shared/operations/operation-limits.ts';
import { operationResultSchema } from '#shared/operations/operation-result.ts';
import { bundleAad, sealingInfo, submissionAad } from '#shared/operations/sealed.ts';
import {
  isStationKind,
  isStationOwned,
  mayStationChange,
} from '#shared/operations/station-editing.ts';
import { notice } from '../../district/feed/sample-feed.ts';

const id = '3f2b8c1e-5b7a-4c0e-9d3a-2f1e4b6c8d90';
const sealed = { key: '0123456789abcdef', enc: 'AAAA', ciphertext: 'AAAA' };
const operation = { id, type: 'health', madeAt: '2026-11-22T09:00:00+08:00', body: {} };
const batch = (count: number) => ({
  protocol: PROTOCOL,
  terminal: 't-abcdefghjk',
  operations: Array.from({ length: count }, () => operation),
});

describe('operations', () => {
  test('a batch has at least one operation and at most as many as the limits say', () => {
    const counts = [0, 1, OPERATION_LIMITS.batch, OPERATION_LIMITS.batch + 1];
    const taken = counts.map((count) => operationBatchSchema.safeParse(batch(count)).success);
    expect(taken).toEqual([false, true, true, false]);
  });

  test('an operation of a type that nobody knows does not spoil its batch', () => {
    const unknown = { ...operation, type: 'brand-new' };
    expect(operationBatchSchema.safeParse({ ...batch(1), operations: [unknown] }).success).toBe(
      true,
    );
    expect(operationTypeSchema.safeParse('brand-new').success).toBe(false);
  });

  test('what terminals write into their outbox today is known', () => {
    const written = ['queue-day', 'paper-printed', 'slip-reprinted', 'slip-decided'];
    for (const type of [...written, 'test-page-printed'])
      expect(factTypeSchema.safeParse(type).success).toBe(true);
  });

  test('bodies are read by their schemas', () => {
    const record = { id: 'notice.a', kind: 'notice', scope: '530102001' };
    const people = { editor: '甲', reviewer: '乙' };
    const edit = { record, baseVersion: 0, changes: [{ field: '/body/title', to: '值班' }] };
    expect(contentEditSchema.safeParse({ ...edit, ...people }).success).toBe(true);
    expect(contentEditSchema.safeParse({ ...edit, ...people, changes: [] }).success).toBe(false);
    expect(contentWithdrawSchema.safeParse({ record, baseVersion: 0, ...people }).success).toBe(
      false,
    );
    const submission = { receipt: 'A1B2C3', topic: 'advice', sealed };
    expect(submissionSchema.safeParse(submission).success).toBe(true);
    expect(submissionSchema.safeParse({ ...submission, name: '张三' }).success).toBe(false);
  });

  test('a conflict names what stays and what was wanted', () => {
    const result = {
      ...{ id, status: 'conflict', conflict: id, version: 3 },
      fields: [{ field: '/body/title', published: '一', wanted: '二' }],
    };
    expect(operationResultSchema.parse(result)).toEqual(result);
  });
});

describe('enrolment', () => {
  test('a code may be typed with hyphens, spaces and small letters', () => {
    expect(enrolmentCodeSchema.parse('abcd-efgh 2345')).toBe('ABCDEFGH2345');
  });

  test('letters that can be taken for digits are in no code', () => {
    for (const letter of 'IOLU01') {
      const isIn = ENROLMENT_ALPHABET.includes(letter);
      expect(enrolmentCodeSchema.safeParse(`ABCDEFGH234${letter}`).success).toBe(isIn);
    }
    for (const letter of ENROLMENT_ALPHABET)
      expect(enrolmentCodeSchema.safeParse(`ABCDEFGH234${letter}`).success).toBe(true);
  });

  test('a terminal proves code and key in one text', () => {
    expect(enrolmentProof('ABCDEFGH2345', 'aa')).toBe('legal-kiosk enrolment 1\nABCDEFGH2345\naa');
  });

  test('a provisioning file without the district is none', () => {
    const file = { format: 1, code: 'ABCDEFGH2345', outlet: '530102001' };
    expect(provisioningSchema.safeParse(file).success).toBe(false);
  });
});

describe('files on a stick', () => {
  test('a bundle, its content and its receipts are read by their schemas', () => {
    expect(bundleSchema.safeParse({ format: 1, terminal: 'new', sealed }).success).toBe(true);
    expect(bundleContentSchema.safeParse({ batches: [] }).success).toBe(true);
    const receipts = { format: 1, terminal: 't-abcdefghjk', now: '2026-11-22T09:00:00Z' };
    expect(receiptsSchema.safeParse({ ...receipts, results: [] }).success).toBe(true);
  });

  test('a signature holds for one purpose', () => {
    const file = { purpose: 'receipts', payload: '{}', signature: 'a'.repeat(128) } as const;
    expect(signedFileSchema.safeParse(file).success).toBe(true);
    expect(signedFileText(file)).not.toBe(signedFileText({ ...file, purpose: 'provisioning' }));
  });

  test('what was sealed for one purpose or operation is bound to it', () => {
    expect(sealingInfo('submission')).not.toBe(sealingInfo('bundle'));
    expect([submissionAad(id), bundleAad('new')]).toEqual([`operation ${id}`, 'terminal new']);
  });
});

describe('what a station may change', () => {
  test('its roster whole, a guide only in the fields that are local', () => {
    expect(isStationOwned('roster')).toBe(true);
    expect(isStationOwned('service')).toBe(false);
    expect(mayStationChange('roster', '/body/shifts/#')).toBe(true);
    expect(mayStationChange('service', '/body/highlight')).toBe(true);
    expect(mayStationChange('service', '/body/fee/headline')).toBe(false);
    expect(mayStationChange('service', '/validUntil')).toBe(false);
  });

  test('no statutes', () => {
    expect(isStationKind('law')).toBe(false);
    expect(mayStationChange('law', '/body/title')).toBe(false);
  });

  test('of a record neither its name nor its version', () => {
    const part = editablePart(notice('a', 3));
    expect(editablePartSchema.safeParse(part).success).toBe(true);
    expect(Object.keys(part as object)).toEqual([
      ...['effectiveFrom', 'validUntil', 'source', 'responsibleBody', 'confirm', 'translations'],
      'body',
    ]);
  });
});

test('every error has a status of its own kind, and a body that is read', () => {
  for (const [code, status] of Object.entries(DISTRICT_ERRORS)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(districtErrorSchema.safeParse({ error: { code, message: 'x' } }).success).toBe(true);
  }
});

test('every route lies under /v1 and the longest pause is an hour', () => {
  for (const procedure of Object.values(districtContract))
    expect(procedure['~orpc'].route.path).toMatch(/^\/v1\//);
  expect(PUSH_PAUSES.longest).toBe(3_600);
});
