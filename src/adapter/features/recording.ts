/** The recording of a launched program: follows its capture while it runs, answers for it, and reports at its end. */
import { analyzeCapture } from '../../export/analyze';
import type { NewCapture } from '../../launch/captureFolder';
import { type FramewireEvents, type FramewireRequests, isFramewireRequest, requests } from '../../messages/dap';
import type { WireOptions } from '../../messages/wireOptions';
import { errorMessage } from '../launch/errors';
import type { Json, Request } from '../proxy/message';
import type { EventSink, Recording } from '../proxy/session';
import { CaptureFollower } from './captureFollower';
import { childConfiguration } from './childConfiguration';
import { attention, type EndReport, endText, findingsBody, reportText } from './findings';
import { readBytes } from './readBytes';
import type { WireAccess } from './stops/wireDebugging';

export class CaptureRecording implements Recording {
  private client: EventSink | null = null;
  private follower: Promise<CaptureFollower> | null = null;

  readonly wire: WireAccess;

  /**
   * @param probeEntry Python that starts the probe in the program
   * @param probeExit Python that ends the recording of a program that goes on without the debugger; null for one that
   * was launched, which is recorded to its end
   * @param options the options of the session, for its children
   */
  constructor(
    private readonly capture: NewCapture,
    readonly probeEntry: string,
    readonly probeExit: string | null,
    private readonly options: WireOptions,
  ) {
    const { autoBreakpoints, topFrame, stopAt } = options;
    this.wire = { autoBreakpoints, topFrame, stopAt, recorded: () => this.looked() };
  }

  begin(client: EventSink): void {
    this.client = client;
    this.send('framewireCapture', { folder: this.capture.folder, problem: null });
    this.follower = this.follow();
    // whoever needs it hears of the failure then
    this.follower.catch(() => undefined);
  }

  childConfiguration(configuration: Json): Json {
    return childConfiguration(configuration, { ...this.options, enabled: true, captureFolder: this.capture.folder });
  }

  async answer({ command, arguments: given = {} }: Request): Promise<Json> {
    if (!isFramewireRequest(command)) throw new Error(`There is no request "${command}".`);
    const wrong = requests[command].arguments.check(given, 'arguments');
    if (wrong) throw new Error(`${wrong}.`);
    const follower = await this.looked();
    if (command === 'framewireReadBytes') {
      const wanted = given as FramewireRequests['framewireReadBytes']['arguments'];
      return readBytes(await follower.exchange(wanted.exchange), wanted);
    }
    const { reveal = false } = given as FramewireRequests['framewireReport']['arguments'];
    // of every exchange in full: read from the capture, and not kept
    const report = await analyzeCapture(this.capture.folder, { reveal });
    return { folder: this.capture.folder, report: report as unknown as Json, text: reportText(report) };
  }

  async finish(exitCode: number | null): Promise<void> {
    try {
      // debugpy tells an exit code only, also for a program that a signal has ended
      await this.capture.finish({ exitCode, signal: null });
    } catch (error) {
      this.client?.console(
        `Framewire: the end of the program could not be noted in the capture: ${errorMessage(error)}`,
      );
    }
    try {
      const follower = await this.follower;
      if (!follower) return;
      await follower.stop();
      this.report(await follower.report());
    } catch (error) {
      this.client?.important(`Framewire: the capture ${this.capture.folder} cannot be read: ${errorMessage(error)}`);
    }
  }

  /** The follower, with everything that was written until now. */
  private async looked(): Promise<CaptureFollower> {
    const follower = await this.follower;
    if (!follower) throw new Error('The program was not started.');
    await follower.look();
    return follower;
  }

  private report(end: EndReport): void {
    const text = endText(end);
    const weight = attention(end);
    if (weight === 'important') this.client?.important(text);
    else if (weight === 'console') this.client?.console(text);
    this.send('framewireFindings', findingsBody(end, text));
  }

  private follow(): Promise<CaptureFollower> {
    const { folder } = this.capture;
    return CaptureFollower.start(folder, {
      onExchanges: (batch) => this.send('framewireExchanges', { folder, ...batch }),
      onSockets: (changed) => this.send('framewireSockets', { folder, ...changed }),
      onExceptions: (exceptions) => this.send('framewireExceptions', { folder, exceptions }),
      onFailed: (error) => this.client?.console(`Framewire: the capture cannot be followed any more: ${error.message}`),
    });
  }

  private send<Name extends keyof FramewireEvents>(name: Name, body: FramewireEvents[Name]): void {
    this.client?.event(name, body);
  }
}
