<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Actions</name>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Open ...</source>
            <translation>打开(&amp;O)…</translation>
        </message>
        <message>
            <source>Open &amp;recent</source>
            <translation>最近打开(&amp;R)</translation>
        </message>
        <message>
            <source>Open the &amp;sample</source>
            <translation>打开示例(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>关闭(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>查看(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Compare ...</source>
            <translation>比较(&amp;C)…</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>&amp;Appearance</source>
            <translation>外观(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>语言(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Reset the layout</source>
            <translation>重置布局(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Keyboard shortcuts</source>
            <translation>键盘快捷键(&amp;K)</translation>
        </message>
        <message>
            <source>&amp;About TRT Studio</source>
            <translation>关于 TRT Studio(&amp;A)</translation>
        </message>
        <message>
            <source>Forget them</source>
            <translation>清空列表</translation>
        </message>
        <message>
            <source>The language changes at the next start of TRT Studio.</source>
            <translation>语言将在下次启动 TRT Studio 时切换。</translation>
        </message>
        <message>
            <source>Open a model or a plan</source>
            <translation>打开模型或 plan 文件</translation>
        </message>
        <message>
            <source>Model, Build, Run, Measure</source>
            <translation>模型、构建、运行、测量</translation>
        </message>
        <message>
            <source>Filter the layers</source>
            <translation>筛选层</translation>
        </message>
        <message>
            <source>Regular expressions in the filter</source>
            <translation>筛选时使用正则表达式</translation>
        </message>
        <message>
            <source>Layers as a list or as a graph</source>
            <translation>以列表或图显示各层</translation>
        </message>
        <message>
            <source>Compare two open documents</source>
            <translation>比较两个已打开的文档</translation>
        </message>
        <message>
            <source>Copy rows as text, CSV or JSON</source>
            <translation>将行复制为文本、CSV 或 JSON</translation>
        </message>
        <message>
            <source>Build an engine</source>
            <translation>构建引擎</translation>
        </message>
        <message>
            <source>Run again</source>
            <translation>再次运行</translation>
        </message>
        <message>
            <source>Stop, or clear the filter</source>
            <translation>停止，或清除筛选</translation>
        </message>
        <message>
            <source>Show or hide properties, log and jobs</source>
            <translation>显示或隐藏属性、日志与任务</translation>
        </message>
        <message>
            <source>Close the document</source>
            <translation>关闭文档</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <source>&lt;h3&gt;TRT Studio {version}&lt;/h3&gt;&lt;p&gt;Opens ONNX models and TensorRT plans, builds engines, runs pictures and measures latency.&lt;/p&gt;&lt;p&gt;Apache-2.0. Icons: Lucide (ISC).&lt;/p&gt;</source>
            <translation>&lt;h3&gt;TRT Studio {version}&lt;/h3&gt;&lt;p&gt;打开 ONNX 模型和 TensorRT plan，构建引擎，运行图片，测量延迟。&lt;/p&gt;&lt;p&gt;许可证：Apache-2.0。图标：Lucide (ISC)。&lt;/p&gt;</translation>
        </message>
        <message>
            <source>About TRT Studio</source>
            <translation>关于 TRT Studio</translation>
        </message>
    </context>
    <context>
        <name>AnswerView</name>
        <message>
            <source>Answer</source>
            <translation>结果</translation>
        </message>
    </context>
    <context>
        <name>App</name>
        <message>
            <source>This is a fault in TRT Studio; please report it with the details.</source>
            <translation>这是 TRT Studio 自身的缺陷，请附上详细信息报告给我们。</translation>
        </message>
    </context>
    <context>
        <name>Board</name>
        <message>
            <source>Open a model or a plan to see its graph here.</source>
            <translation>打开模型或 plan，在这里查看它的图。</translation>
        </message>
        <message>
            <source>This graph has no layers.</source>
            <translation>此图没有层。</translation>
        </message>
        <message>
            <source>Laying out {count:,} layers ...</source>
            <translation>正在为 {count:,} 层布局…</translation>
        </message>
        <message>
            <source>The graph has not been drawn.</source>
            <translation>尚未绘制图。</translation>
        </message>
    </context>
    <context>
        <name>Build</name>
        <message>
            <source>Wait for the GPU after every layer, to find one that fails.</source>
            <translation>每执行一层都等待 GPU 完成，便于定位出错的层。</translation>
        </message>
        <message>
            <source>The weights can be replaced later without a new build.</source>
            <translation>以后可以替换权重，无需重新构建。</translation>
        </message>
        <message>
            <source>Can be refitted with the same weights only, which costs no speed.</source>
            <translation>只能用相同的权重 refit，不影响速度。</translation>
        </message>
        <message>
            <source>Leave the weights out of the plan; they are put back by refitting.</source>
            <translation>plan 中不保存权重，之后通过 refit 填回。</translation>
        </message>
        <message>
            <source>Use sparse kernels where two of every four weights are zero.</source>
            <translation>每四个权重中有两个为零 (2:4) 时，使用稀疏 kernel。</translation>
        </message>
        <message>
            <source>Weights can stay in host memory: less GPU memory, slower.</source>
            <translation>权重可以留在主机内存：占用显存更少，但更慢。</translation>
        </message>
        <message>
            <source>Never simplify 0 * x or x - x, so that NaN and infinity get through.</source>
            <translation>不化简 0 * x 和 x - x，使 NaN 和无穷大能够传递下去。</translation>
        </message>
        <message>
            <source>Later TensorRT versions can load the plan too; it may be slower.</source>
            <translation>更高版本的 TensorRT 也能加载此 plan，但可能更慢。</translation>
        </message>
        <message>
            <source>Time every layer afresh, even identical ones: a longer build.</source>
            <translation>每一层都重新计时，相同的层也不例外：构建时间更长。</translation>
        </message>
        <message>
            <source>Compile every kernel afresh: a longer build.</source>
            <translation>每个 kernel 都重新编译：构建时间更长。</translation>
        </message>
        <message>
            <source>Write memory use during the build to the log.</source>
            <translation>把构建期间的内存使用情况写入日志。</translation>
        </message>
        <message>
            <source>An item's result does not depend on the others in its batch.</source>
            <translation>每个样本的结果与同一批次中的其他样本无关。</translation>
        </message>
        <message>
            <source>No memory is allocated at run time, so inference can be captured in a CUDA graph.</source>
            <translation>运行时不分配内存，因此推理可以捕获为 CUDA Graph。</translation>
        </message>
        <message>
            <source>As the model says ({types})</source>
            <translation>与模型一致（{types}）</translation>
        </message>
        <message>
            <source>As the model says</source>
            <translation>与模型一致</translation>
        </message>
        <message>
            <source>{name} (the model is converted first)</source>
            <translation>{name}（先转换模型）</translation>
        </message>
        <message>
            <source>{seconds:.1f} s</source>
            <translation>{seconds:.1f} s</translation>
        </message>
        <message>
            <source>{minutes} min {rest:02d} s</source>
            <translation>{minutes} min {rest:02d} s</translation>
        </message>
    </context>
    <context>
        <name>BuildForm</name>
        <message>
            <source>More options</source>
            <translation>更多选项</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>plan 文件</translation>
        </message>
        <message>
            <source>For these GPUs</source>
            <translation>目标 GPU</translation>
        </message>
        <message>
            <source>Inputs</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精度</translation>
        </message>
    </context>
    <context>
        <name>BuildOptions</name>
        <message>
            <source>TensorRT's default</source>
            <translation>TensorRT 默认值</translation>
        </message>
        <message>
            <source>0, the shortest build</source>
            <translation>0，构建最快</translation>
        </message>
        <message>
            <source>5, the fastest engine</source>
            <translation>5，引擎最快</translation>
        </message>
        <message>
            <source>GPU memory that a layer may use as scratch space</source>
            <translation>每一层可用作临时空间的显存</translation>
        </message>
        <message>
            <source>Optimization &amp;level</source>
            <translation>优化级别(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Workspace limit</source>
            <translation>工作空间上限(&amp;W)</translation>
        </message>
        <message>
            <source>A build with this flag needs a GPU in this machine.</source>
            <translation>使用此标志构建时，本机必须有 GPU。</translation>
        </message>
    </context>
    <context>
        <name>BuildPage</name>
        <message>
            <source>Build {name}</source>
            <translation>构建 {name}</translation>
        </message>
        <message>
            <source>with {label}</source>
            <translation>使用 {label}</translation>
        </message>
        <message>
            <source>No model</source>
            <translation>没有模型</translation>
        </message>
        <message>
            <source>Open an ONNX model to build an engine.</source>
            <translation>打开一个 ONNX 模型来构建引擎。</translation>
        </message>
        <message>
            <source>{name} is a built engine already. Open the ONNX model to build another.</source>
            <translation>{name} 已经是构建好的引擎。要再构建一个，请打开 ONNX 模型。</translation>
        </message>
        <message>
            <source>Nothing to build</source>
            <translation>没有可构建的内容</translation>
        </message>
        <message>
            <source>Looking for TensorRT ...</source>
            <translation>正在查找 TensorRT…</translation>
        </message>
        <message>
            <source>The model could not be read.</source>
            <translation>无法读取该模型。</translation>
        </message>
        <message>
            <source>Building takes TensorRT, and this Python has none. TensorRT-RTX installs with one command and builds on any machine, with or without a GPU.</source>
            <translation>构建需要 TensorRT，而当前 Python 环境中没有安装。TensorRT-RTX 用一条命令即可安装，无论有没有 GPU，在任何机器上都能构建。</translation>
        </message>
        <message>
            <source>No TensorRT</source>
            <translation>没有 TensorRT</translation>
        </message>
    </context>
    <context>
        <name>BuildProgress</name>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stop the build; no plan is written (Esc)</source>
            <translation>停止构建，不写入 plan (Esc)</translation>
        </message>
        <message>
            <source>Starting ...</source>
            <translation>正在启动…</translation>
        </message>
        <message>
            <source>The build is being stopped</source>
            <translation>正在停止构建</translation>
        </message>
        <message>
            <source>Stopping ...</source>
            <translation>正在停止…</translation>
        </message>
    </context>
    <context>
        <name>BuildResultView</name>
        <message>
            <source>The builder gave no layer table for this engine.</source>
            <translation>构建器没有给出此引擎的层表。</translation>
        </message>
        <message>
            <source>plan</source>
            <translation>plan 大小</translation>
        </message>
        <message>
            <source>build</source>
            <translation>构建耗时</translation>
        </message>
        <message>
            <source>layers from {nodes} ONNX nodes</source>
            <translation>层，来自 {nodes} 个 ONNX 节点</translation>
        </message>
        <message>
            <source>the path</source>
            <translation>路径</translation>
        </message>
        <message>
            <source>Open its folder</source>
            <translation>打开所在文件夹</translation>
        </message>
        <message>
            <source>Open the plan's folder</source>
            <translation>打开 plan 所在文件夹</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>plan 文件</translation>
        </message>
        <message>
            <source>Built with</source>
            <translation>构建工具</translation>
        </message>
        <message>
            <source>Runs on</source>
            <translation>可运行于</translation>
        </message>
        <message>
            <source>Really computes in</source>
            <translation>实际计算精度</translation>
        </message>
        <message>
            <source>Run it</source>
            <translation>运行</translation>
        </message>
        <message>
            <source>Show layers</source>
            <translation>查看层</translation>
        </message>
        <message>
            <source>Change and build again</source>
            <translation>修改后重新构建</translation>
        </message>
        <message>
            <source>Back to the form (Ctrl+B)</source>
            <translation>返回表单 (Ctrl+B)</translation>
        </message>
    </context>
    <context>
        <name>BuildView</name>
        <message>
            <source>Build</source>
            <translation>构建</translation>
        </message>
        <message>
            <source>Show the last build</source>
            <translation>查看上次构建</translation>
        </message>
        <message>
            <source>Stopped after {time}. No plan was written.</source>
            <translation>{time} 后停止，没有写入 plan。</translation>
        </message>
        <message>
            <source>Build the engine (Ctrl+B)</source>
            <translation>构建引擎 (Ctrl+B)</translation>
        </message>
    </context>
    <context>
        <name>Builds</name>
        <message>
            <source>Building {name}</source>
            <translation>构建 {name}</translation>
        </message>
    </context>
    <context>
        <name>BusySign</name>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
    </context>
    <context>
        <name>Canvas</name>
        <message>
            <source>Graph of the layers</source>
            <translation>层的图</translation>
        </message>
    </context>
    <context>
        <name>ComparePage</name>
        <message>
            <source>Left document</source>
            <translation>左侧文档</translation>
        </message>
        <message>
            <source>Right document</source>
            <translation>右侧文档</translation>
        </message>
        <message>
            <source>Swap</source>
            <translation>交换</translation>
        </message>
        <message>
            <source>Change the sides</source>
            <translation>交换左右两侧</translation>
        </message>
        <message>
            <source>Open two models or two plans to see what differs between them.</source>
            <translation>打开两个模型或两个 plan 文件，即可查看它们的差异。</translation>
        </message>
        <message>
            <source>Open another model ...</source>
            <translation>打开另一个模型…</translation>
        </message>
        <message>
            <source>ONNX graph</source>
            <translation>ONNX 图</translation>
        </message>
        <message>
            <source>TensorRT network</source>
            <translation>TensorRT 网络</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>引擎</translation>
        </message>
        <message>
            <source>These are different readings, so most layers will differ.</source>
            <translation>两侧的视图种类不同，因此大多数层都会不同。</translation>
        </message>
        <message>
            <source>Comparing ...</source>
            <translation>正在比较…</translation>
        </message>
        <message>
            <source>+ added</source>
            <translation>+ 新增</translation>
        </message>
        <message>
            <source>- removed</source>
            <translation>- 删除</translation>
        </message>
        <message>
            <source>~ changed</source>
            <translation>~ 更改</translation>
        </message>
        <message>
            <source>input</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>output</source>
            <translation>输出</translation>
        </message>
    </context>
    <context>
        <name>ComparisonView</name>
        <message>
            <source>Filter: words of a name, a type or a change</source>
            <translation>筛选：名称、类型或更改中的关键词</translation>
        </message>
        <message>
            <source>Filter the layers that differ</source>
            <translation>筛选不同的层</translation>
        </message>
        <message>
            <source>Nothing differs: {same:,} layers are the same.</source>
            <translation>没有差异：{same:,} 层相同。</translation>
        </message>
        <message>
            <source>{same:,} layers the same, {changed:,} changed, {removed:,} removed, {added:,} added</source>
            <translation>{same:,} 层相同，{changed:,} 层更改，{removed:,} 层删除，{added:,} 层新增</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>左侧</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>右侧</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>更改</translation>
        </message>
        <message>
            <source>What changed</source>
            <translation>更改内容</translation>
        </message>
        <message>
            <source>Layers that differ</source>
            <translation>不同的层</translation>
        </message>
        <message>
            <source>Role</source>
            <translation>角色</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Inputs and outputs that differ</source>
            <translation>不同的输入和输出</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精度</translation>
        </message>
        <message>
            <source>Layer type</source>
            <translation>层类型</translation>
        </message>
        <message>
            <source>Property</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>Properties that differ</source>
            <translation>不同的属性</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>层</translation>
        </message>
        <message>
            <source>Inputs and outputs</source>
            <translation>输入和输出</translation>
        </message>
        <message>
            <source>Precision and types</source>
            <translation>精度和类型</translation>
        </message>
        <message>
            <source>Properties</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>{count:,} shown</source>
            <translation>显示 {count:,} 行</translation>
        </message>
    </context>
    <context>
        <name>CopyLine</name>
        <message>
            <source>Copy {what}</source>
            <translation>复制：{what}</translation>
        </message>
    </context>
    <context>
        <name>FusedLayerModel</name>
        <message>
            <source>Type</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>层</translation>
        </message>
        <message>
            <source>Output type</source>
            <translation>输出类型</translation>
        </message>
        <message>
            <source>ONNX nodes in it</source>
            <translation>包含的 ONNX 节点</translation>
        </message>
    </context>
    <context>
        <name>FusedLayerTable</name>
        <message>
            <source>Layers of the engine</source>
            <translation>引擎的层</translation>
        </message>
    </context>
    <context>
        <name>Graph</name>
        <message>
            <source>Layers {first} – {last}</source>
            <translation>层 {first} – {last}</translation>
        </message>
        <message>
            <source>{count:,} layers</source>
            <translation>{count:,} 层</translation>
        </message>
        <message>
            <source>network input</source>
            <translation>网络输入</translation>
        </message>
        <message>
            <source>network output</source>
            <translation>网络输出</translation>
        </message>
        <message>
            <source>{index}: {type}
{name}</source>
            <translation>{index}: {type}
{name}</translation>
        </message>
    </context>
    <context>
        <name>GraphHeader</name>
        <message>
            <source>&amp;Order of the graph</source>
            <translation>图中的顺序(&amp;O)</translation>
        </message>
    </context>
    <context>
        <name>GraphModel</name>
        <message>
            <source>Type</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>In</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>Out</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>形状</translation>
        </message>
        <message>
            <source>Elements</source>
            <translation>元素数</translation>
        </message>
        <message>
            <source>Dtype</source>
            <translation>数据类型</translation>
        </message>
        <message>
            <source>Location</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <source>The order of the graph</source>
            <translation>图中的顺序</translation>
        </message>
        <message>
            <source>Click to sort by the number of elements of the first output; a dynamic dimension counts as 1. The third click returns to the order of the graph.</source>
            <translation>单击按第一个输出的元素数排序，动态维度按 1 计。第三次单击恢复图中的顺序。</translation>
        </message>
        <message>
            <source>Click to sort. The third click returns to the order of the graph.</source>
            <translation>单击排序。第三次单击恢复图中的顺序。</translation>
        </message>
        <message>
            <source>unfolded</source>
            <translation>已展开</translation>
        </message>
        <message>
            <source>folded</source>
            <translation>已折叠</translation>
        </message>
    </context>
    <context>
        <name>GraphRows</name>
        <message>
            <source>Network inputs</source>
            <translation>网络输入</translation>
        </message>
        <message>
            <source>Network outputs</source>
            <translation>网络输出</translation>
        </message>
        <message>
            <source>None</source>
            <translation>无</translation>
        </message>
        <message>
            <source>weight</source>
            <translation>权重</translation>
        </message>
        <message>
            <source>Subgraph {name}</source>
            <translation>子图 {name}</translation>
        </message>
        <message>
            <source>network input {0}</source>
            <translation>网络输入 {0}</translation>
        </message>
        <message>
            <source>network output {0}</source>
            <translation>网络输出 {0}</translation>
        </message>
    </context>
    <context>
        <name>GraphTable</name>
        <message>
            <source>Layers and tensors</source>
            <translation>层与张量</translation>
        </message>
        <message>
            <source>Copy the &amp;name</source>
            <translation>复制名称(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Save all rows as ...</source>
            <translation>所有行另存为(&amp;S)…</translation>
        </message>
        <message>
            <source>S&amp;ort by</source>
            <translation>排序方式(&amp;O)</translation>
        </message>
        <message>
            <source>Co&amp;lumns</source>
            <translation>列(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Unfold all</source>
            <translation>全部展开(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Fold all</source>
            <translation>全部折叠(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation>复制(&amp;C)</translation>
        </message>
        <message>
            <source>Selected rows as &amp;text</source>
            <translation>所选行，文本(&amp;T)</translation>
        </message>
        <message>
            <source>All rows as te&amp;xt</source>
            <translation>所有行，文本(&amp;X)</translation>
        </message>
        <message>
            <source>Selected rows as &amp;CSV</source>
            <translation>所选行，CSV(&amp;C)</translation>
        </message>
        <message>
            <source>All rows as CS&amp;V</source>
            <translation>所有行，CSV(&amp;V)</translation>
        </message>
        <message>
            <source>Selected rows as &amp;JSON</source>
            <translation>所选行，JSON(&amp;J)</translation>
        </message>
        <message>
            <source>All rows as JS&amp;ON</source>
            <translation>所有行，JSON(&amp;O)</translation>
        </message>
        <message>
            <source>The whole graph as &amp;NetworkPrinter text</source>
            <translation>整个图，NetworkPrinter 文本(&amp;N)</translation>
        </message>
    </context>
    <context>
        <name>GraphView</name>
        <message>
            <source>Picture (*.{kind})</source>
            <translation>图片 (*.{kind})</translation>
        </message>
        <message>
            <source>Save the graph</source>
            <translation>保存图</translation>
        </message>
        <message>
            <source>Saved {path}</source>
            <translation>已保存 {path}</translation>
        </message>
        <message>
            <source>Select a layer in the graph first.</source>
            <translation>请先在图中选择一个层。</translation>
        </message>
        <message>
            <source>A neighbourhood shows single layers</source>
            <translation>邻域中只显示单个层</translation>
        </message>
        <message>
            <source>The names of these layers have no scopes to group them by</source>
            <translation>这些层的名称没有可用来分组的作用域</translation>
        </message>
    </context>
    <context>
        <name>HomePage</name>
        <message>
            <source>Open a model, build an engine, drop a picture on it</source>
            <translation>打开模型，构建引擎，拖入图片</translation>
        </message>
        <message>
            <source>Open a model</source>
            <translation>打开模型</translation>
        </message>
        <message>
            <source>An ONNX model or a TensorRT plan; or drop it on this window</source>
            <translation>ONNX 模型或 TensorRT plan；也可以直接拖到此窗口</translation>
        </message>
        <message>
            <source>Open the sample</source>
            <translation>打开示例</translation>
        </message>
        <message>
            <source>An image classifier that comes with TRT Studio</source>
            <translation>TRT Studio 自带的图像分类模型</translation>
        </message>
        <message>
            <source>Drop a picture</source>
            <translation>拖入图片</translation>
        </message>
        <message>
            <source>Anywhere on this window; the sample answers</source>
            <translation>拖到此窗口任意位置，由示例模型给出结果</translation>
        </message>
        <message>
            <source>Recent files</source>
            <translation>最近的文件</translation>
        </message>
    </context>
    <context>
        <name>JobListModel</name>
        <message>
            <source>running</source>
            <translation>运行中</translation>
        </message>
        <message>
            <source>done</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>已停止</translation>
        </message>
    </context>
    <context>
        <name>JobsPanel</name>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Jobs</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>Builds and runs are listed here.</source>
            <translation>构建和运行任务会列在这里。</translation>
        </message>
        <message>
            <source>The selected job does not run</source>
            <translation>所选任务没有在运行</translation>
        </message>
        <message>
            <source>Stop the selected job</source>
            <translation>停止所选任务</translation>
        </message>
    </context>
    <context>
        <name>LatencyPlot</name>
        <message>
            <source>Latency (ms)</source>
            <translation>延迟 (ms)</translation>
        </message>
        <message>
            <source>Iterations</source>
            <translation>迭代次数</translation>
        </message>
    </context>
    <context>
        <name>LayerFiles</name>
        <message>
            <source>CSV (*.csv)</source>
            <translation>CSV (*.csv)</translation>
        </message>
        <message>
            <source>JSON (*.json)</source>
            <translation>JSON (*.json)</translation>
        </message>
        <message>
            <source>NetworkPrinter text of the whole graph (*.txt)</source>
            <translation>整个图的 NetworkPrinter 文本 (*.txt)</translation>
        </message>
        <message>
            <source>Save the rows</source>
            <translation>保存各行</translation>
        </message>
        <message>
            <source>Saved {path}</source>
            <translation>已保存 {path}</translation>
        </message>
    </context>
    <context>
        <name>LayerFilter</name>
        <message>
            <source>Filter: words, type:conv, shape:224 ...</source>
            <translation>筛选：关键词、type:conv、shape:224…</translation>
        </message>
        <message>
            <source>Filter the layers</source>
            <translation>筛选层</translation>
        </message>
        <message>
            <source>Regular expressions (Ctrl+R)</source>
            <translation>正则表达式 (Ctrl+R)</translation>
        </message>
        <message>
            <source>Looking ...</source>
            <translation>正在查找…</translation>
        </message>
        <message>
            <source>{found:,} of {count:,} layers</source>
            <translation>{found:,} / {count:,} 层</translation>
        </message>
        <message>
            <source>&lt;p&gt;Ctrl+F. Shows the layers that match every word, they or their tensors.&lt;/p&gt;&lt;p&gt;&lt;b&gt;name:&lt;/b&gt;stem &amp;nbsp;&lt;b&gt;type:&lt;/b&gt;conv &amp;nbsp;&lt;b&gt;dtype:&lt;/b&gt;float16 &amp;nbsp;&lt;b&gt;shape:&lt;/b&gt;24x112 look in one field only.&lt;/p&gt;&lt;p&gt;Quotes keep words together: "a + b". With &lt;b&gt;.*&lt;/b&gt; (Ctrl+R) each word is a regular expression: type:^conv$&lt;/p&gt;</source>
            <translation>&lt;p&gt;Ctrl+F。显示层自身或其张量与每个词都匹配的层。&lt;/p&gt;&lt;p&gt;&lt;b&gt;name:&lt;/b&gt;stem &amp;nbsp;&lt;b&gt;type:&lt;/b&gt;conv &amp;nbsp;&lt;b&gt;dtype:&lt;/b&gt;float16 &amp;nbsp;&lt;b&gt;shape:&lt;/b&gt;24x112 只在一个字段中查找。&lt;/p&gt;&lt;p&gt;引号内的词作为整体："a + b"。启用 &lt;b&gt;.*&lt;/b&gt; (Ctrl+R) 后，每个词都是正则表达式：type:^conv$&lt;/p&gt;</translation>
        </message>
    </context>
    <context>
        <name>LayerQuery</name>
        <message>
            <source>{source}: {reason} at character {place}</source>
            <translation>{source}：第 {place} 个字符处 {reason}</translation>
        </message>
    </context>
    <context>
        <name>Legend</name>
        <message>
            <source>Meaning of the colours</source>
            <translation>颜色说明</translation>
        </message>
    </context>
    <context>
        <name>LogView</name>
        <message>
            <source>Log</source>
            <translation>日志</translation>
        </message>
        <message>
            <source>Least severity shown</source>
            <translation>显示的最低级别</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Information</source>
            <translation>信息</translation>
        </message>
        <message>
            <source>Warnings</source>
            <translation>警告</translation>
        </message>
        <message>
            <source>Errors</source>
            <translation>错误</translation>
        </message>
        <message>
            <source>Search the log</source>
            <translation>搜索日志</translation>
        </message>
        <message>
            <source>Copy the selected lines, or all</source>
            <translation>复制所选行；未选择时复制全部</translation>
        </message>
        <message>
            <source>Copy the log</source>
            <translation>复制日志</translation>
        </message>
        <message>
            <source>{shown} of {total} lines</source>
            <translation>{shown} / {total} 行</translation>
        </message>
        <message>
            <source>{total} lines</source>
            <translation>{total} 行</translation>
        </message>
        <message>
            <source>Nothing has been logged yet.</source>
            <translation>还没有日志。</translation>
        </message>
        <message>
            <source>No line matches.</source>
            <translation>没有匹配的行。</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Models and pictures ({models} {pictures})</source>
            <translation>模型和图片 ({models} {pictures})</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Open documents</source>
            <translation>打开的文档</translation>
        </message>
        <message>
            <source>Properties</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>Log and jobs</source>
            <translation>日志与任务</translation>
        </message>
    </context>
    <context>
        <name>MeasureForm</name>
        <message>
            <source> ms</source>
            <translation> ms</translation>
        </message>
        <message>
            <source> s</source>
            <translation> s</translation>
        </message>
        <message>
            <source>Warm-up</source>
            <translation>预热</translation>
        </message>
        <message>
            <source>At least</source>
            <translation>最短时长</translation>
        </message>
        <message>
            <source>and iterations</source>
            <translation>最少迭代</translation>
        </message>
        <message>
            <source>Shape of {name}</source>
            <translation>{name} 的形状</translation>
        </message>
        <message>
            <source>{name} takes the shape {shape}: sizes with x between them.</source>
            <translation>{name} 的形状应为 {shape}：各维大小之间用 x 分隔。</translation>
        </message>
    </context>
    <context>
        <name>MeasurePage</name>
        <message>
            <source>Open a model to measure it here.</source>
            <translation>打开模型后，在这里测量。</translation>
        </message>
        <message>
            <source>Measure the latency</source>
            <translation>测量延迟</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>End it now and keep what was measured (Esc)</source>
            <translation>立即结束，保留已测得的数据 (Esc)</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>As trtexec measures, with one inference in flight: random inputs, a warm-up, then one inference after another. Latency is copy in, compute and copy out.</source>
            <translation>测量方式与 trtexec 相同，任一时刻只有一次推理在执行：使用随机输入，先预热，再逐次推理。延迟 = H2D 拷贝 + 计算 + D2H 拷贝。</translation>
        </message>
        <message>
            <source>The latency of every inference appears here while it is measured.</source>
            <translation>测量期间，这里显示每次推理的延迟。</translation>
        </message>
        <message>
            <source>A measurement is running.</source>
            <translation>正在测量。</translation>
        </message>
        <message>
            <source>Correct the shapes first.</source>
            <translation>请先改正形状。</translation>
        </message>
        <message>
            <source>Measure now</source>
            <translation>开始测量</translation>
        </message>
        <message>
            <source>Done: {what}</source>
            <translation>完成：{what}</translation>
        </message>
        <message>
            <source>Stopped. The figures hold for what was measured until then.</source>
            <translation>已停止。以下数据只涵盖停止前的测量。</translation>
        </message>
        <message>
            <source>Loading the model ...</source>
            <translation>正在加载模型…</translation>
        </message>
        <message>
            <source>Warming up ...</source>
            <translation>正在预热…</translation>
        </message>
        <message>
            <source>Measuring, {seconds:5.1f} s</source>
            <translation>正在测量 {seconds:5.1f} s</translation>
        </message>
    </context>
    <context>
        <name>MeasureResult</name>
        <message>
            <source>Iteration</source>
            <translation>迭代</translation>
        </message>
        <message>
            <source>Copy as text</source>
            <translation>复制为文本</translation>
        </message>
        <message>
            <source>Copy as JSON</source>
            <translation>复制为 JSON</translation>
        </message>
        <message>
            <source>Median latency</source>
            <translation>延迟中位数</translation>
        </message>
        <message>
            <source>99th percentile</source>
            <translation>第 99 百分位</translation>
        </message>
        <message>
            <source>Throughput</source>
            <translation>吞吐量</translation>
        </message>
        <message>
            <source>Iterations</source>
            <translation>迭代次数</translation>
        </message>
        <message>
            <source>Latency</source>
            <translation>延迟</translation>
        </message>
        <message>
            <source>Compute</source>
            <translation>计算</translation>
        </message>
        <message>
            <source>Copy in</source>
            <translation>H2D</translation>
        </message>
        <message>
            <source>Copy out</source>
            <translation>D2H</translation>
        </message>
        <message>
            <source>Enqueue</source>
            <translation>Enqueue</translation>
        </message>
        <message>
            <source>Times in milliseconds</source>
            <translation>时间（毫秒）</translation>
        </message>
    </context>
    <context>
        <name>Measurements</name>
        <message>
            <source>Measuring {name}</source>
            <translation>测量 {name}</translation>
        </message>
    </context>
    <context>
        <name>Minimap</name>
        <message>
            <source>Overview of the graph</source>
            <translation>图的缩略图</translation>
        </message>
        <message>
            <source>Overview: click or drag to go there</source>
            <translation>缩略图：单击或拖动即可定位</translation>
        </message>
    </context>
    <context>
        <name>ModelPage</name>
        <message>
            <source>List</source>
            <translation>列表</translation>
        </message>
        <message>
            <source>Graph</source>
            <translation>图</translation>
        </message>
        <message>
            <source>How the reading is shown</source>
            <translation>视图的显示方式</translation>
        </message>
        <message>
            <source>Ctrl+G</source>
            <translation>Ctrl+G</translation>
        </message>
        <message>
            <source>Open a model or a plan to see its layers here.</source>
            <translation>打开模型或 plan，在这里查看各层。</translation>
        </message>
        <message>
            <source>The layers have not been read.</source>
            <translation>尚未读取各层。</translation>
        </message>
        <message>
            <source>TensorRT is parsing {name} ...</source>
            <translation>TensorRT 正在解析 {name}…</translation>
        </message>
        <message>
            <source>Reading the layers of {name} ...</source>
            <translation>正在读取 {name} 的各层…</translation>
        </message>
        <message>
            <source>This plan was built by {label}.</source>
            <translation>此 plan 由 {label} 构建。</translation>
        </message>
        <message>
            <source>This plan was built by {label} for {targets}.</source>
            <translation>此 plan 由 {label} 为 {targets} 构建。</translation>
        </message>
        <message>
            <source>A plan tells its layers only to the TensorRT that built it, on a GPU that it runs on, unless the record of its build is beside it. The properties show what its header says.</source>
            <translation>只有用构建它的那个 TensorRT，并且在它能运行的 GPU 上，才能读出 plan 的各层；若旁边有构建记录，则不受此限。属性面板显示文件头中的信息。</translation>
        </message>
    </context>
    <context>
        <name>NodeMenu</name>
        <message>
            <source>Show &amp;everything</source>
            <translation>显示全部(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Unfold</source>
            <translation>展开(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Fold {name}</source>
            <translation>折叠 {name}(&amp;F)</translation>
        </message>
        <message>
            <source>Show its &amp;neighbourhood</source>
            <translation>显示其邻域(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Copy the name</source>
            <translation>复制名称(&amp;C)</translation>
        </message>
    </context>
    <context>
        <name>NoticeFrame</name>
        <message>
            <source>Details</source>
            <translation>详细信息</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Close this notice</source>
            <translation>关闭此通知</translation>
        </message>
    </context>
    <context>
        <name>PictureView</name>
        <message>
            <source>Picture</source>
            <translation>图片</translation>
        </message>
    </context>
    <context>
        <name>PlanDestination</name>
        <message>
            <source>Say where the plan goes.</source>
            <translation>请指定 plan 的保存位置。</translation>
        </message>
        <message>
            <source>This is the model itself; give the plan another name.</source>
            <translation>这是模型文件本身，请为 plan 另取名称。</translation>
        </message>
        <message>
            <source>The folder {folder} does not exist; make it, or choose another.</source>
            <translation>文件夹 {folder} 不存在，请新建或另选一个。</translation>
        </message>
        <message>
            <source>This is a folder; add a file name.</source>
            <translation>这是文件夹，请补上文件名。</translation>
        </message>
        <message>
            <source>Nothing can be written to {folder}; choose another folder.</source>
            <translation>无法写入 {folder}，请另选文件夹。</translation>
        </message>
        <message>
            <source>Where the plan goes</source>
            <translation>plan 的保存位置</translation>
        </message>
        <message>
            <source>Browse ...</source>
            <translation>浏览…</translation>
        </message>
        <message>
            <source>TensorRT plans (*.plan *.engine *.trt)</source>
            <translation>TensorRT plan (*.plan *.engine *.trt)</translation>
        </message>
        <message>
            <source>Replaces the file that is there ({size}).</source>
            <translation>将覆盖已有文件 ({size})。</translation>
        </message>
        <message>
            <source>{free} free</source>
            <translation>可用空间 {free}</translation>
        </message>
    </context>
    <context>
        <name>PrecisionBar</name>
        <message>
            <source>less than 1 %</source>
            <translation>不足 1 %</translation>
        </message>
        <message>
            <source>other</source>
            <translation>其他</translation>
        </message>
    </context>
    <context>
        <name>ProfileEditor</name>
        <message>
            <source>{name}: {dtype} of unknown rank; export the model with its shape</source>
            <translation>{name}: {dtype}，秩未知；请在导出模型时带上形状</translation>
        </message>
        <message>
            <source>{name}: {shape}, {dtype}</source>
            <translation>{name}: {shape}, {dtype}</translation>
        </message>
        <message>
            <source>{name}: {shape}, {dtype}, fixed</source>
            <translation>{name}: {shape}, {dtype}，固定</translation>
        </message>
        <message>
            <source>min</source>
            <translation>min</translation>
        </message>
        <message>
            <source>The smallest size that the engine takes</source>
            <translation>引擎接受的最小尺寸</translation>
        </message>
        <message>
            <source>opt</source>
            <translation>opt</translation>
        </message>
        <message>
            <source>The size that the engine is made fastest for</source>
            <translation>引擎重点优化的尺寸</translation>
        </message>
        <message>
            <source>max</source>
            <translation>max</translation>
        </message>
        <message>
            <source>The largest size that the engine takes</source>
            <translation>引擎接受的最大尺寸</translation>
        </message>
    </context>
    <context>
        <name>Properties</name>
        <message>
            <source>Plan</source>
            <translation>plan 文件</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>构建</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>引擎</translation>
        </message>
        <message>
            <source>Metadata</source>
            <translation>元数据</translation>
        </message>
        <message>
            <source>ONNX model</source>
            <translation>ONNX 模型</translation>
        </message>
        <message>
            <source>TensorRT plan</source>
            <translation>TensorRT plan</translation>
        </message>
        <message>
            <source>{count:,} bytes</source>
            <translation>{count:,} 字节</translation>
        </message>
        <message>
            <source>Path</source>
            <translation>路径</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Built plan</source>
            <translation>已构建的 plan</translation>
        </message>
        <message>
            <source>Warning</source>
            <translation>警告</translation>
        </message>
        <message>
            <source>Built by</source>
            <translation>构建工具</translation>
        </message>
        <message>
            <source>For GPUs</source>
            <translation>目标 GPU</translation>
        </message>
        <message>
            <source>CUDA</source>
            <translation>CUDA</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>权重</translation>
        </message>
        <message>
            <source>The file ends at {actual} of {stated}.</source>
            <translation>文件应有 {stated}，实际只有 {actual}。</translation>
        </message>
        <message>
            <source>Cut off</source>
            <translation>文件不完整</translation>
        </message>
        <message>
            <source>From</source>
            <translation>源模型</translation>
        </message>
        <message>
            <source>Built</source>
            <translation>构建时间</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>耗时</translation>
        </message>
        <message>
            <source>{seconds:.1f} s</source>
            <translation>{seconds:.1f} s</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精度</translation>
        </message>
        <message>
            <source>Converted to</source>
            <translation>转换为</translation>
        </message>
        <message>
            <source>Flags</source>
            <translation>标志</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>层数</translation>
        </message>
        <message>
            <source>Weight size</source>
            <translation>权重大小</translation>
        </message>
        <message>
            <source>Missing data</source>
            <translation>缺失的数据</translation>
        </message>
        <message>
            <source>Inputs</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>Outputs</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>IR version</source>
            <translation>IR 版本</translation>
        </message>
        <message>
            <source>Opset</source>
            <translation>Opset</translation>
        </message>
        <message>
            <source>Producer</source>
            <translation>导出工具</translation>
        </message>
        <message>
            <source>Domain</source>
            <translation>域</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>版本</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>说明</translation>
        </message>
        <message>
            <source>Functions</source>
            <translation>函数</translation>
        </message>
        <message>
            <source>External data</source>
            <translation>外部数据</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Index</source>
            <translation>序号</translation>
        </message>
        <message>
            <source>Attributes</source>
            <translation>层属性</translation>
        </message>
        <message>
            <source>ONNX nodes</source>
            <translation>ONNX 节点</translation>
        </message>
        <message>
            <source>Layer of the ONNX graph</source>
            <translation>ONNX 图中的层</translation>
        </message>
        <message>
            <source>Layer of the TensorRT network</source>
            <translation>TensorRT 网络中的层</translation>
        </message>
        <message>
            <source>Layer of the engine</source>
            <translation>引擎中的层</translation>
        </message>
        <message>
            <source>Dtype</source>
            <translation>数据类型</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>形状</translation>
        </message>
        <message>
            <source>Role</source>
            <translation>角色</translation>
        </message>
        <message>
            <source>Location</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <source>Made by</source>
            <translation>产生它的层</translation>
        </message>
        <message>
            <source>Used by</source>
            <translation>使用它的层</translation>
        </message>
        <message>
            <source>Tensor</source>
            <translation>张量</translation>
        </message>
        <message>
            <source>In the ONNX graph</source>
            <translation>在 ONNX 图中</translation>
        </message>
        <message>
            <source>In the TensorRT network</source>
            <translation>在 TensorRT 网络中</translation>
        </message>
        <message>
            <source>In the engine</source>
            <translation>在引擎中</translation>
        </message>
        <message>
            <source>made of no node: TensorRT put it in</source>
            <translation>不对应任何节点：由 TensorRT 添加</translation>
        </message>
        <message>
            <source>in no layer of the network</source>
            <translation>不在网络的任何层中</translation>
        </message>
        <message>
            <source>folded away: in no kernel</source>
            <translation>已被折叠：不在任何 kernel 中</translation>
        </message>
        <message>
            <source>Subgraph {name}</source>
            <translation>子图 {name}</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>network input {0}</source>
            <translation>网络输入 {0}</translation>
        </message>
        <message>
            <source>network output {0}</source>
            <translation>网络输出 {0}</translation>
        </message>
        <message>
            <source>weight</source>
            <translation>权重</translation>
        </message>
        <message>
            <source>between layers</source>
            <translation>中间张量</translation>
        </message>
        <message>
            <source>not stated</source>
            <translation>未注明</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>发现</translation>
        </message>
        <message>
            <source>Looking for findings …</source>
            <translation>正在检查模型…</translation>
        </message>
        <message>
            <source>nothing found</source>
            <translation>未发现问题</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>开销</translation>
        </message>
        <message>
            <source>and {count:,} more</source>
            <translation>还有 {count:,} 个</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>参数量</translation>
        </message>
        <message>
            <source>a multiply-add is 2</source>
            <translation>一次乘加计为 2</translation>
        </message>
        <message>
            <source>{count:,} layers not counted</source>
            <translation>{count:,} 层未计入</translation>
        </message>
        <message>
            <source>FLOPs</source>
            <translation>FLOPs</translation>
        </message>
    </context>
    <context>
        <name>PropertiesPanel</name>
        <message>
            <source>Properties</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>Select a layer or a tensor.</source>
            <translation>请选择一个层或张量。</translation>
        </message>
        <message>
            <source>Show all {count:,}</source>
            <translation>显示全部 {count:,} 项</translation>
        </message>
        <message>
            <source>Show all {count:,} characters</source>
            <translation>显示全部 {count:,} 个字符</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
    </context>
    <context>
        <name>Rail</name>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Layers and tensors</source>
            <translation>层与张量</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>构建</translation>
        </message>
        <message>
            <source>Make a TensorRT engine</source>
            <translation>生成 TensorRT 引擎</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>运行</translation>
        </message>
        <message>
            <source>Drop pictures and see the answer</source>
            <translation>拖入图片，查看结果</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>测量</translation>
        </message>
        <message>
            <source>Latency and throughput</source>
            <translation>延迟与吞吐量</translation>
        </message>
        <message>
            <source>{what}: open a model first</source>
            <translation>{what}：请先打开模型</translation>
        </message>
    </context>
    <context>
        <name>ReadingStatus</name>
        <message>
            <source>Retry</source>
            <translation>重试</translation>
        </message>
    </context>
    <context>
        <name>ReadingSwitch</name>
        <message>
            <source>Reading of the model</source>
            <translation>模型的视图</translation>
        </message>
        <message>
            <source>Build an engine to see its layers.</source>
            <translation>构建引擎后即可查看它的各层。</translation>
        </message>
        <message>
            <source>{reading}  {count:,}</source>
            <translation>{reading}  {count:,}</translation>
        </message>
        <message>
            <source>ONNX graph</source>
            <translation>ONNX 图</translation>
        </message>
        <message>
            <source>TensorRT network</source>
            <translation>TensorRT 网络</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>引擎</translation>
        </message>
    </context>
    <context>
        <name>RunChoice</name>
        <message>
            <source>the CPU</source>
            <translation>CPU</translation>
        </message>
        <message>
            <source>{runtime} on {device}</source>
            <translation>{device} 上的 {runtime}</translation>
        </message>
        <message>
            <source>{what}, as chosen.</source>
            <translation>{what}（手动选择）。</translation>
        </message>
        <message>
            <source>{what}, because the engine fits this GPU.</source>
            <translation>{what}，因为引擎适用于此 GPU。</translation>
        </message>
        <message>
            <source>{what}, because this machine has no NVIDIA GPU.</source>
            <translation>{what}，因为本机没有 NVIDIA GPU。</translation>
        </message>
        <message>
            <source>{what}, because the engine cannot be used:</source>
            <translation>{what}，因为引擎无法使用：</translation>
        </message>
        <message>
            <source>No engine has been built from this model yet.</source>
            <translation>尚未用此模型构建引擎。</translation>
        </message>
        <message>
            <source>Build one on the Build page, or choose ONNX Runtime.</source>
            <translation>请在“构建”页构建一个，或选择 ONNX Runtime。</translation>
        </message>
        <message>
            <source>{what}, because no engine has been built from this model yet.</source>
            <translation>{what}，因为尚未用此模型构建引擎。</translation>
        </message>
        <message>
            <source>ONNX Runtime cannot run a TensorRT plan.</source>
            <translation>ONNX Runtime 无法运行 TensorRT plan。</translation>
        </message>
        <message>
            <source>Choose the engine, or open the ONNX model that it was built from.</source>
            <translation>请选择引擎，或打开构建它所用的 ONNX 模型。</translation>
        </message>
    </context>
    <context>
        <name>RunFiles</name>
        <message>
            <source>Pictures and arrays ({suffixes})</source>
            <translation>图片和数组 ({suffixes})</translation>
        </message>
        <message>
            <source>Run on</source>
            <translation>选择输入</translation>
        </message>
        <message>
            <source>Names of the classes</source>
            <translation>类别名称</translation>
        </message>
        <message>
            <source>Labels (*.txt *.json)</source>
            <translation>标签文件 (*.txt *.json)</translation>
        </message>
        <message>
            <source>Pictures (*.png *.jpg *.webp)</source>
            <translation>图片 (*.png *.jpg *.webp)</translation>
        </message>
        <message>
            <source>NumPy arrays (*.npz)</source>
            <translation>NumPy 数组 (*.npz)</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Saved {path}</source>
            <translation>已保存 {path}</translation>
        </message>
    </context>
    <context>
        <name>RunHistory</name>
        <message>
            <source>Earlier runs</source>
            <translation>历史运行</translation>
        </message>
        <message>
            <source>random inputs</source>
            <translation>随机输入</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>1 object</source>
            <translation>1 个目标</translation>
        </message>
        <message>
            <source>{count} objects</source>
            <translation>{count} 个目标</translation>
        </message>
    </context>
    <context>
        <name>RunInvitation</name>
        <message>
            <source>Open a picture ...</source>
            <translation>打开图片…</translation>
        </message>
        <message>
            <source>Run random inputs</source>
            <translation>运行随机输入</translation>
        </message>
        <message>
            <source>or several, or a folder; Ctrl+V pastes one. The answer appears here.</source>
            <translation>可以是多张图片或一个文件夹，也可按 Ctrl+V 粘贴一张。结果显示在这里。</translation>
        </message>
        <message>
            <source>Drop a picture here</source>
            <translation>把图片拖到这里</translation>
        </message>
        <message>
            <source>.npz with an array for each input by name, or .npy for a single input</source>
            <translation>.npz：按名称为每个输入提供一个数组；只有一个输入时也可用 .npy</translation>
        </message>
        <message>
            <source>Drop arrays here</source>
            <translation>把数组文件拖到这里</translation>
        </message>
    </context>
    <context>
        <name>RunPage</name>
        <message>
            <source>Preprocessing</source>
            <translation>预处理</translation>
        </message>
        <message>
            <source>Open a model to run it here.</source>
            <translation>打开模型后，在这里运行。</translation>
        </message>
        <message>
            <source>Labels ...</source>
            <translation>标签…</translation>
        </message>
        <message>
            <source>The model does not name its classes: read their names from a file</source>
            <translation>模型没有给出类别名称：从文件中读取</translation>
        </message>
        <message>
            <source>Open ...</source>
            <translation>打开…</translation>
        </message>
        <message>
            <source>Run pictures or arrays from files</source>
            <translation>运行文件中的图片或数组</translation>
        </message>
        <message>
            <source>Run again</source>
            <translation>再次运行</translation>
        </message>
        <message>
            <source>Run what is shown once more (F5)</source>
            <translation>再次运行当前显示的内容 (F5)</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Pasted picture</source>
            <translation>粘贴的图片</translation>
        </message>
        <message>
            <source>Stop, and drop what waits (Esc)</source>
            <translation>停止，并丢弃排队的输入 (Esc)</translation>
        </message>
        <message>
            <source>Nothing is running.</source>
            <translation>没有正在运行的任务。</translation>
        </message>
        <message>
            <source>{count} runs to go</source>
            <translation>还剩 {count} 次运行</translation>
        </message>
        <message>
            <source>This model does not take pictures.</source>
            <translation>此模型的输入不是图片。</translation>
        </message>
    </context>
    <context>
        <name>RunResult</name>
        <message>
            <source>Save picture ...</source>
            <translation>保存图片…</translation>
        </message>
        <message>
            <source>Save outputs ...</source>
            <translation>保存输出…</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>运行</translation>
        </message>
        <message>
            <source>Latency of every run, dashed: median</source>
            <translation>每次运行的延迟（虚线为中位数）</translation>
        </message>
        <message>
            <source>{name}, {width} x {height}. The network does not see what is dimmed.</source>
            <translation>{name}，{width} x {height}。网络看不到变暗的部分。</translation>
        </message>
        <message>
            <source>Random inputs</source>
            <translation>随机输入</translation>
        </message>
        <message>
            <source>What these outputs mean is not known; below are their values.</source>
            <translation>无法得知这些输出的含义，数值见下方。</translation>
        </message>
        <message>
            <source>Nothing was found in this picture.</source>
            <translation>此图片中没有检测到目标。</translation>
        </message>
    </context>
    <context>
        <name>Runs</name>
        <message>
            <source>Running {name}</source>
            <translation>运行 {name}</translation>
        </message>
        <message>
            <source>random inputs</source>
            <translation>随机输入</translation>
        </message>
    </context>
    <context>
        <name>RuntimeBar</name>
        <message>
            <source>Runtime</source>
            <translation>运行时</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>TensorRT engine</source>
            <translation>TensorRT 引擎</translation>
        </message>
        <message>
            <source>ONNX Runtime</source>
            <translation>ONNX Runtime</translation>
        </message>
        <message>
            <source>What the model runs on</source>
            <translation>模型在什么上运行</translation>
        </message>
        <message>
            <source>What runs it</source>
            <translation>由什么运行</translation>
        </message>
        <message>
            <source>Loading {name} ...</source>
            <translation>正在加载 {name}…</translation>
        </message>
        <message>
            <source>{device}, loaded in {seconds:.2f} s</source>
            <translation>{device}，加载耗时 {seconds:.2f} s</translation>
        </message>
        <message>
            <source>Not loaded; the next run loads it.</source>
            <translation>尚未加载，下次运行时加载。</translation>
        </message>
        <message>
            <source>stretched</source>
            <translation>拉伸</translation>
        </message>
        <message>
            <source>centre crop {percent:g} %</source>
            <translation>中心裁剪 {percent:g} %</translation>
        </message>
        <message>
            <source>letterbox</source>
            <translation>等比缩放加边 (letterbox)</translation>
        </message>
        <message>
            <source>{resize}, {width} x {height}, {color}, mean {mean}, std {std}</source>
            <translation>{resize}，{width} x {height}，{color}，均值 {mean}，标准差 {std}</translation>
        </message>
        <message>
            <source>Input as the model says: {how}</source>
            <translation>输入（按模型说明）：{how}</translation>
        </message>
        <message>
            <source>Input as guessed: {how}</source>
            <translation>输入（推测）：{how}</translation>
        </message>
    </context>
    <context>
        <name>SampleStrip</name>
        <message>
            <source>Run the sample picture {name}</source>
            <translation>运行示例图片 {name}</translation>
        </message>
    </context>
    <context>
        <name>Searching</name>
        <message>
            <source>Looking ...</source>
            <translation>正在查找…</translation>
        </message>
        <message>
            <source>{at:,} of {count:,}</source>
            <translation>{at:,} / {count:,}</translation>
        </message>
        <message>
            <source>{count:,} found</source>
            <translation>找到 {count:,} 个</translation>
        </message>
    </context>
    <context>
        <name>Sessions</name>
        <message>
            <source>Loading {name}</source>
            <translation>加载 {name}</translation>
        </message>
        <message>
            <source>Unloading a model</source>
            <translation>卸载模型</translation>
        </message>
    </context>
    <context>
        <name>StatusBar</name>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stop the running job</source>
            <translation>停止正在运行的任务</translation>
        </message>
        <message>
            <source>Looking for TensorRT ...</source>
            <translation>正在查找 TensorRT…</translation>
        </message>
        <message>
            <source>No TensorRT</source>
            <translation>没有 TensorRT</translation>
        </message>
        <message>
            <source>No NVIDIA GPU: ONNX Runtime answers</source>
            <translation>没有 NVIDIA GPU：由 ONNX Runtime 计算</translation>
        </message>
        <message>
            <source>{name} ({sm}), {free:.1f} of {total:.1f} GiB free</source>
            <translation>{name} ({sm})，可用显存 {free:.1f} / {total:.1f} GiB</translation>
        </message>
    </context>
    <context>
        <name>TargetPicker</name>
        <message>
            <source>{runtime} builds for the GPU that is here, and there is none.</source>
            <translation>{runtime} 只能为本机的 GPU 构建，而本机没有 GPU。</translation>
        </message>
        <message>
            <source>Tick at least one GPU.</source>
            <translation>请至少勾选一种 GPU。</translation>
        </message>
        <message>
            <source>Every RTX GPU from Ampere on (the default)</source>
            <translation>Ampere 及更新架构的所有 RTX GPU（默认）</translation>
        </message>
        <message>
            <source>What {runtime} builds for when it is not told.</source>
            <translation>未指定目标时，{runtime} 即为这些 GPU 构建。</translation>
        </message>
        <message>
            <source>Only these</source>
            <translation>仅限以下 GPU</translation>
        </message>
        <message>
            <source>This GPU: {name} ({sm})</source>
            <translation>本机 GPU：{name} ({sm})</translation>
        </message>
    </context>
    <context>
        <name>TensorPlot</name>
        <message>
            <source>Output tensor</source>
            <translation>输出张量</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>值</translation>
        </message>
        <message>
            <source>Position in the tensor</source>
            <translation>在张量中的位置</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>min {low}   mean {mean}   max {high}</source>
            <translation>最小 {low}   平均 {mean}   最大 {high}</translation>
        </message>
        <message>
            <source>{count} NaN or infinite</source>
            <translation>{count} 个 NaN 或无穷大</translation>
        </message>
        <message>
            <source>Drawn: the smallest and the largest of every {step} values.</source>
            <translation>绘制的是每 {step} 个值中的最小值和最大值。</translation>
        </message>
    </context>
    <context>
        <name>TimingView</name>
        <message>
            <source>Read and decode</source>
            <translation>读取与解码</translation>
        </message>
        <message>
            <source>Preprocess</source>
            <translation>预处理</translation>
        </message>
        <message>
            <source>Inference</source>
            <translation>推理</translation>
        </message>
        <message>
            <source>    copy to the GPU</source>
            <translation>    拷贝到 GPU</translation>
        </message>
        <message>
            <source>    compute</source>
            <translation>    计算</translation>
        </message>
        <message>
            <source>    copy back</source>
            <translation>    拷回主机</translation>
        </message>
        <message>
            <source>Total</source>
            <translation>总计</translation>
        </message>
        <message>
            <source>From the file to the answer; of several pictures each also waits for the one before.</source>
            <translation>从读取文件到得出结果；连续运行多张图片时，还包括等待前一张的时间。</translation>
        </message>
    </context>
    <context>
        <name>ToolBar</name>
        <message>
            <source>Find: words, type:conv, shape:224 ...</source>
            <translation>查找：关键词、type:conv、shape:224…</translation>
        </message>
        <message>
            <source>Find layers in the graph</source>
            <translation>在图中查找层</translation>
        </message>
        <message>
            <source>Ctrl+F. Marks the layers that match every word, they or their tensors. Enter and F3 go to the next, Shift+Enter and Shift+F3 to the one before.</source>
            <translation>Ctrl+F。标记层自身或其张量与每个词都匹配的层。Enter 和 F3 转到下一个，Shift+Enter 和 Shift+F3 转到上一个。</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>着色</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精度</translation>
        </message>
        <message>
            <source>What the colours stand for</source>
            <translation>颜色代表什么</translation>
        </message>
        <message>
            <source>Neighbourhood</source>
            <translation>邻域</translation>
        </message>
        <message>
            <source>How many edges away</source>
            <translation>相距多少条边</translation>
        </message>
        <message>
            <source>How many edges away from the selected layer</source>
            <translation>与所选层相距多少条边</translation>
        </message>
        <message>
            <source>Fold the groups</source>
            <translation>折叠分组</translation>
        </message>
        <message>
            <source>Unfold all groups</source>
            <translation>展开所有分组</translation>
        </message>
        <message>
            <source>Smaller (Ctrl+-)</source>
            <translation>缩小 (Ctrl+-)</translation>
        </message>
        <message>
            <source>Larger (Ctrl++)</source>
            <translation>放大 (Ctrl++)</translation>
        </message>
        <message>
            <source>Show everything (Ctrl+0)</source>
            <translation>显示全部 (Ctrl+0)</translation>
        </message>
        <message>
            <source>Save the graph as a picture</source>
            <translation>把图保存为图片</translation>
        </message>
        <message>
            <source>Save as &amp;SVG ...</source>
            <translation>另存为 SVG(&amp;S)…</translation>
        </message>
        <message>
            <source>Save as &amp;PNG ...</source>
            <translation>另存为 PNG(&amp;P)…</translation>
        </message>
    </context>
    <context>
        <name>Workspace</name>
        <message>
            <source>No model was open, so the bundled sample answers.</source>
            <translation>没有打开的模型，因此由自带的示例模型给出结果。</translation>
        </message>
        <message>
            <source>Looking for TensorRT and GPUs</source>
            <translation>查找 TensorRT 和 GPU</translation>
        </message>
        <message>
            <source>Parsing {name} with TensorRT</source>
            <translation>用 TensorRT 解析 {name}</translation>
        </message>
        <message>
            <source>Reading the layers of {name}</source>
            <translation>读取 {name} 的各层</translation>
        </message>
        <message>
            <source>This file has no such reading.</source>
            <translation>此文件没有这种视图。</translation>
        </message>
    </context>
    <context>
        <name>_Words</name>
        <message>
            <source>the command</source>
            <translation>命令</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>重新查找</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>详细信息</translation>
        </message>
    </context>
</TS>
