/** Gateway API, whoever implements it. */
export const NAME = 'Gateway API';
