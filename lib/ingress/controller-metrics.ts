/** A front door, by the names that a controller counts it under. */
export interface CountedDoor {
  readonly name: string;
  readonly namespace: string;
  readonly host: string;
  readonly service: { readonly name: string; readonly portName: string };
}

/** A counter of answers that the exporter of a controller documents. The texts are matchers of PromQL: `code=~"5.."`. */
export interface AnswerCounter {
  /** The name of the counter. */
  readonly metric: string;
  /** Where the exporter documents it. */
  readonly source: string;
  /** Which series are those of a front door. */
  readonly matcher: (door: CountedDoor) => string;
  /** The label with the status of the answer, or its class. */
  readonly statusLabel: string;
  /** Which of them count answers of 500 and above. */
  readonly serverErrors: string;
  /** Which of them count answers of 429; absent where they are not told from others. */
  readonly rateLimited?: string;
}

/** What a controller counts of a front door. */
export interface ControllerMetrics {
  /** Absent where no exporter of the controller documents such a counter for each front door. */
  readonly answers?: AnswerCounter;
  /** What has to be set for it, and what is not counted and why. */
  readonly note: string;
}

/** The answers of one front door, as its controller counts them. */
export interface CountedAnswers extends Omit<AnswerCounter, 'matcher'> {
  readonly matcher: string;
}

/** The answers of a front door; `undefined` where its controller documents no counter of them. */
export function countedAnswers({ answers }: ControllerMetrics, door: CountedDoor): CountedAnswers | undefined {
  return answers === undefined ? undefined : { ...answers, matcher: answers.matcher(door) };
}
