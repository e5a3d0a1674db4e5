import type { FormInstance } from 'antd';
import { isProblem } from '../../../../platform/web/client.ts';

/**
 * Puts the server's field errors where the fields are. `fieldOf` names the form's field for a dotted path of the body;
 * without one the fields are named as in the body.
 */
export function showFieldErrors(
  form: Pick<FormInstance, 'setFields'>,
  error: unknown,
  fieldOf: (path: string) => readonly string[] = (path) => path.split('.'),
): void {
  if (!isProblem(error)) return;
  form.setFields(error.errors.map((one) => ({ name: [...fieldOf(one.path)], errors: [one.message ?? one.code] })));
}
