import { Mark } from '../../ui/mark.tsx';
import { Marked } from '../../ui/marked.tsx';
import { Columns, PageBody, Stack } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Prose } from '../../ui/prose.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Section } from '../../ui/section.tsx';
import { provenance, useSay } from '../fixtures.ts';
import { Specimen } from '../specimen.tsx';

/** Titles, running text, and who is answerable for it. */
export function TextSpecimens() {
  const say = useSay();
  const title = say('申请法律援助', 'Apply for legal aid');
  const paragraph = say(
    '请不起律师，可以向法律援助机构申请，由国家出钱请律师帮您打官司。',
    'Those who cannot afford a lawyer may ask the legal aid centre for one; the state pays.',
  );
  const markdown = say(
    '先到**窗口**问一问：\n\n- 带身份证\n- 带劳动合同\n\n1. 填表\n2. 等通知',
    'First ask at the **window**:\n\n- bring your identity card\n- bring the contract\n\n1. Fill in the form\n2. Wait',
  );
  return (
    <>
      <Specimen name="PageTitle">
        <PageTitle title={title} />
      </Specimen>
      <Specimen name="PageTitle with what is above it and a lead">
        <PageTitle title={title} above={say('法律援助', 'Legal aid')}>
          {paragraph}
        </PageTitle>
      </Specimen>
      <Specimen name="Prose: paragraph, list, numbered list; links, HTML and headings are let through as text">
        <Prose text={`${markdown}\n\n[link](https://example.org) <b>html</b>\n\n# heading`} />
      </Specimen>
      <Specimen name="Prose, empty">
        <Prose text="" />
      </Specimen>
      <Specimen name="Marked: the words that were looked for">
        <p>
          <Marked text={paragraph} marks={[{ from: 0, to: 4 }]} />
        </p>
      </Specimen>
      <Specimen name="PageBody with Columns and Stack">
        <PageBody>
          <Columns>
            <Section title={title}>{paragraph}</Section>
            <Stack>
              <Section title={title}>{paragraph}</Section>
              <Section title={title} level={3}>
                {paragraph}
              </Section>
            </Stack>
          </Columns>
        </PageBody>
      </Specimen>
      <ProvenanceSpecimens />
      <Specimen name="Mark" width="4rem">
        <Mark />
      </Specimen>
    </>
  );
}

function ProvenanceSpecimens() {
  const say = useSay();
  const confirm = [say('核对条文', 'Check the article'), say('核对电话', 'Check the number')];
  const incomplete = { complete: false, completeness: '7/9' };
  const states = {
    complete: provenance(say),
    'with a last day': provenance(say, { validUntil: '2027-06-30' }),
    incomplete: provenance(say, incomplete),
    'waiting to be confirmed': provenance(say, { confirm }),
    'all at once': provenance(say, { ...incomplete, confirm, validUntil: '2027-06-30' }),
  };
  return Object.entries(states).map(([name, state]) => (
    <Specimen key={name} name={`Provenance, ${name}`}>
      <Provenance provenance={state} />
    </Specimen>
  ));
}
