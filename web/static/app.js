// Teduh's scripts. Each page works without them; each module adds one comfort.
// Listeners stand on the document, so that parts put in later by htmx work too.
import "./search.js";
import "./once.js";
import "./asks.js";
import "./draft.js";
import "./menu.js";
import "./suggest.js";
import "./alerts.js";
import "./focus.js";
import "./more.js";
import "./position.js";
import "./sign.js";
import "./attend.js";
