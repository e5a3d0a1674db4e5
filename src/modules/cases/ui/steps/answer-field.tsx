import { Form } from 'antd';
import { type AnsweringStep, AnswerHelps } from './answer-helps.tsx';
import { TextField } from './fields.tsx';

type Props = {
  readonly caseId: string;
  readonly step: AnsweringStep;
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly max: number;
};

/** Words to the requester, marked off as such from what stays in the office, with what helps to write them above. */
export function AnswerField({ caseId, step, name, label, hint, max }: Props) {
  const form = Form.useFormInstance();
  const text: unknown = Form.useWatch(name);
  return (
    <div className="to-requester">
      <AnswerHelps
        caseId={caseId}
        step={step}
        text={typeof text === 'string' ? text : ''}
        onText={(words) => form.setFieldValue(name, words)}
      />
      <TextField name={name} label={label} hint={hint} max={max} rows={5} />
    </div>
  );
}
