import { FlowChart } from '../../ui/flow-chart.tsx';
import { GuideActions } from '../../visitor/pages/guide-actions.tsx';
import { Materials } from '../../visitor/pages/materials.tsx';
import { flow, materials, useSay } from '../fixtures.ts';
import { Host, Specimen } from '../specimen.tsx';

/** Widths in which a flow chart is drawn in its four ways: roomy, narrow, tight, as a list (which, depends on the texts). */
const WIDTHS = ['44rem', '24rem', '20rem', '17.5rem', '12rem'] as const;

/** The parts of a guide: materials, flow chart, what can be taken along. */
export function GuideSpecimens() {
  const say = useSay();
  const steps = flow(say);
  const text = say('要带：身份证、申请表。免费。', 'Bring your identity card. Free.');
  return (
    <>
      <Specimen name="Materials: every icon; shown, kept and copied papers; note, case, sample">
        <Materials materials={materials(say)} />
      </Specimen>
      <Specimen name="Materials, none">
        <Materials materials={[]} />
      </Specimen>
      {WIDTHS.map((width) => (
        <Specimen key={width} name={`FlowChart in ${width}`} width={width}>
          <FlowChart flow={steps} label={say('办理流程图', 'Flow chart')} />
        </Specimen>
      ))}
      <Specimen name="GuideActions">
        <Host
          answers={{
            'papers.printer': async () => ({ state: 'ready' }),
            'guides.takeaway': async () => ({ text }),
          }}
        >
          <GuideActions id="service.example" takesNumber />
        </Host>
      </Specimen>
    </>
  );
}
