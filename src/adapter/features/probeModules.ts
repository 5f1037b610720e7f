/** The probe's modules, which debugpy counts among the program's when their frames are on a stack: not for the client. */
import { PACKAGE } from '../launch/probeEntry';
import { isJson } from '../proxy/message';

export function isProbeModule(module: unknown): boolean {
  const name = isJson(module) ? String(module.name ?? '') : '';
  return name === PACKAGE || name.startsWith(`${PACKAGE}.`);
}

/** The body of an answer to `modules` without them. */
export function withoutProbe(body: unknown): unknown {
  if (!isJson(body) || !Array.isArray(body.modules)) return body;
  const modules = body.modules.filter((module) => !isProbeModule(module));
  return { ...body, modules, ...(body.totalModules === undefined ? {} : { totalModules: modules.length }) };
}
