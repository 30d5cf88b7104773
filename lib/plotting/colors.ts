import { BadParameterValue } from '../errors';
import { endWith, nearestName } from '../suggest';
import { isTexts, type Check } from './checks';

/** Names of colours: CSS Color Module Level 4, section 6.1. */
const names: readonly string[] = `
aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet
brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan
darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen
darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey
darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite
forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue
lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon
lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime
limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple
mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue
mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen
seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal
thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen
`
  .trim()
  .split(/\s+/);

/** What is written with numbers; that they are in range is left to what draws. */
const forms = [
  /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i,
  /^(?:rgb|hsl)a?\(\s*[-+\d.]+(?:%|deg)?(?:[\s,/]+[-+\d.]+%?){2,3}\s*\)$/i,
];

const ALLOWED = "a CSS colour: a name, '#rrggbb', 'rgb(…)' or 'hsl(…)'";

/** CSS colours of series: others would be drawn as nothing. */
export const isColors: Check = (caller, name, value) => {
  isTexts(caller, name, value);
  (value as readonly string[]).forEach((color, i) => {
    const isName = names.includes(color.toLowerCase());
    if (isName || forms.some((form) => form.test(color))) return;
    const parameter = `${name}[${i}]`;
    const suggestion = nearestName(color, names);
    throw new BadParameterValue(
      `${caller}: ${parameter} must be ${ALLOWED}, got '${color}'${endWith(suggestion)}`,
      { parameter, value: color, allowed: ALLOWED, suggestion },
    );
  });
};
