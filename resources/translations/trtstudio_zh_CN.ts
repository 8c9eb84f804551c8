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
            <source>&amp;Earlier builds</source>
            <translation>历史构建(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Runtimes</source>
            <translation>运行时(&amp;R)</translation>
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
            <source>Reset the lay&amp;out</source>
            <translation>重置布局(&amp;O)</translation>
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
            <source>The graph larger, smaller, or all of it</source>
            <translation>放大、缩小或显示整个图</translation>
        </message>
        <message>
            <source>Unfold or fold in the graph, open or leave a subgraph</source>
            <translation>在图中展开或折叠，打开或离开子图</translation>
        </message>
        <message>
            <source>The next that was found in the graph, or the one before</source>
            <translation>图中找到的下一个或上一个</translation>
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
            <source>Earlier builds</source>
            <translation>历史构建</translation>
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
        <name>AnswerPage</name>
        <message>
            <source>Save answer ...</source>
            <translation>保存结果…</translation>
        </message>
        <message>
            <source>Save the drawn picture, or the answer as JSON, CSV, COCO or YOLO</source>
            <translation>保存绘制结果的图片，或将结果保存为 JSON、CSV、COCO 或 YOLO</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy the drawn picture, and the answer as text</source>
            <translation>复制绘制结果的图片，以及文本形式的结果</translation>
        </message>
        <message>
            <source>This is {note}.</source>
            <translation>这是{note}。</translation>
        </message>
        <message>
            <source>What these outputs mean is not known; see their values.</source>
            <translation>这些输出的含义未知，请查看其数值。</translation>
        </message>
        <message>
            <source>Nothing was found in this picture.</source>
            <translation>此图片中没有检测到目标。</translation>
        </message>
        <message>
            <source>Values from {low:.4g} to {high:.4g}</source>
            <translation>数值范围 {low:.4g} 至 {high:.4g}</translation>
        </message>
        <message>
            <source>How similar the other pictures are:</source>
            <translation>其他图片的相似度：</translation>
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
        <name>AnswerWords</name>
        <message>
            <source>from {low} to {high}</source>
            <translation>{low} 到 {high}</translation>
        </message>
        <message>
            <source>a picture of {width} x {height}</source>
            <translation>{width} x {height} 的图片</translation>
        </message>
        <message>
            <source>a vector of {count} numbers</source>
            <translation>{count} 个数的向量</translation>
        </message>
        <message>
            <source>{names} and {count} more</source>
            <translation>{names} 等，另有 {count} 个</translation>
        </message>
    </context>
    <context>
        <name>App</name>
        <message>
            <source>This is a fault in TRT Studio; please report it with the details.</source>
            <translation>这是 TRT Studio 的错误，请附上详细信息反馈给我们。</translation>
        </message>
    </context>
    <context>
        <name>AxisBar</name>
        <message>
            <source>Rows</source>
            <translation>行</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>列</translation>
        </message>
        <message>
            <source>Channels</source>
            <translation>通道</translation>
        </message>
        <message>
            <source>Tiles</source>
            <translation>平铺</translation>
        </message>
        <message>
            <source>Along</source>
            <translation>沿</translation>
        </message>
        <message>
            <source>axis {axis} ({size})</source>
            <translation>轴 {axis} ({size})</translation>
        </message>
        <message>
            <source>Axis {axis}</source>
            <translation>轴 {axis}</translation>
        </message>
    </context>
    <context>
        <name>AxisRow</name>
        <message>
            <source>Axis</source>
            <translation>轴</translation>
        </message>
        <message>
            <source>Values</source>
            <translation>值</translation>
        </message>
        <message>
            <source>Remove this axis</source>
            <translation>移除此轴</translation>
        </message>
        <message>
            <source>0 for no, 1 for yes, or both</source>
            <translation>0 为否，1 为是，也可两者都填</translation>
        </message>
        <message>
            <source>Whole numbers, as 1, 2, 4, 8</source>
            <translation>整数，例如 1, 2, 4, 8</translation>
        </message>
    </context>
    <context>
        <name>BatchExport</name>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>There are no answers to save yet.</source>
            <translation>还没有可保存的结果。</translation>
        </message>
        <message>
            <source>Table (CSV) ...</source>
            <translation>表格 (CSV)…</translation>
        </message>
        <message>
            <source>JSON ...</source>
            <translation>JSON…</translation>
        </message>
        <message>
            <source>COCO data set (JSON) ...</source>
            <translation>COCO 数据集 (JSON)…</translation>
        </message>
        <message>
            <source>YOLO label files ...</source>
            <translation>YOLO 标签文件…</translation>
        </message>
        <message>
            <source>Pictures with their answers ...</source>
            <translation>带结果的图片…</translation>
        </message>
        <message>
            <source>Contact sheet ...</source>
            <translation>缩略图表…</translation>
        </message>
        <message>
            <source>Copy the table</source>
            <translation>复制表格</translation>
        </message>
        <message>
            <source>The answers are being written.</source>
            <translation>正在写入结果。</translation>
        </message>
        <message>
            <source>Save or copy the answers that are there</source>
            <translation>保存或复制已有的结果</translation>
        </message>
        <message>
            <source>Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)</source>
            <translation>图片 (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)</translation>
        </message>
        <message>
            <source>Save into</source>
            <translation>保存到</translation>
        </message>
        <message>
            <source>Answers (*.{suffix})</source>
            <translation>结果 (*.{suffix})</translation>
        </message>
        <message>
            <source>Saved {path}</source>
            <translation>已保存 {path}</translation>
        </message>
    </context>
    <context>
        <name>BatchList</name>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>表格</translation>
        </message>
        <message>
            <source>Contact sheet</source>
            <translation>缩略图表</translation>
        </message>
        <message>
            <source>How the pictures are listed</source>
            <translation>图片的列出方式</translation>
        </message>
        <message>
            <source>Which pictures</source>
            <translation>显示哪些图片</translation>
        </message>
        <message>
            <source>Show only the pictures in which this was found</source>
            <translation>只显示检测到此项的图片</translation>
        </message>
        <message>
            <source>All pictures</source>
            <translation>所有图片</translation>
        </message>
        <message>
            <source>Without an answer</source>
            <translation>无结果</translation>
        </message>
    </context>
    <context>
        <name>BatchModel</name>
        <message>
            <source>nothing found</source>
            <translation>未检测到目标</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>分数</translation>
        </message>
        <message>
            <source>Agreement</source>
            <translation>一致度</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>耗时</translation>
        </message>
    </context>
    <context>
        <name>BatchOrder</name>
        <message>
            <source>Order</source>
            <translation>顺序</translation>
        </message>
        <message>
            <source>In which order the pictures stand, on the contact sheet too</source>
            <translation>图片的排列顺序，也用于缩略图总览</translation>
        </message>
        <message>
            <source>In order</source>
            <translation>按原顺序</translation>
        </message>
        <message>
            <source>Last first</source>
            <translation>后面的在前</translation>
        </message>
        <message>
            <source>Surest first</source>
            <translation>把握最大的在前</translation>
        </message>
        <message>
            <source>Least sure first</source>
            <translation>把握最小的在前</translation>
        </message>
        <message>
            <source>Least alike first</source>
            <translation>最不一致的在前</translation>
        </message>
        <message>
            <source>Most alike first</source>
            <translation>最一致的在前</translation>
        </message>
        <message>
            <source>By answer</source>
            <translation>按结果</translation>
        </message>
        <message>
            <source>By answer, backwards</source>
            <translation>按结果倒序</translation>
        </message>
        <message>
            <source>Slowest first</source>
            <translation>最慢的在前</translation>
        </message>
        <message>
            <source>Fastest first</source>
            <translation>最快的在前</translation>
        </message>
    </context>
    <context>
        <name>BatchPreview</name>
        <message>
            <source>Overlaid</source>
            <translation>叠加</translation>
        </message>
        <message>
            <source>Show the objects of both in one picture: 1 and 2 mark what only one found</source>
            <translation>在同一张图片中显示两者的目标：1 和 2 标出只有其中一方检测到的目标</translation>
        </message>
        <message>
            <source>The picture is gone.</source>
            <translation>图片已不存在。</translation>
        </message>
        <message>
            <source>This is {note}.</source>
            <translation>这是{note}。</translation>
        </message>
    </context>
    <context>
        <name>BatchProgress</name>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>How far it is</source>
            <translation>当前进度</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Let no further picture run for now</source>
            <translation>暂时不再运行后面的图片</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Run the pictures that are left</source>
            <translation>运行剩下的图片</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stop; what there is stays, and can go on later (Esc)</source>
            <translation>停止；已有的结果会保留，以后可以继续 (Esc)</translation>
        </message>
        <message>
            <source>Start over</source>
            <translation>重新开始</translation>
        </message>
        <message>
            <source>Forget these answers and run all pictures again</source>
            <translation>丢弃这些结果，重新运行所有图片</translation>
        </message>
        <message>
            <source>Loading the model ...</source>
            <translation>正在加载模型…</translation>
        </message>
        <message>
            <source>{done:,} of {total:,}</source>
            <translation>{done:,} / {total:,}</translation>
        </message>
        <message>
            <source>{rate:,.1f} pictures per second</source>
            <translation>每秒 {rate:,.1f} 张</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>剩余 {time}</translation>
        </message>
        <message>
            <source>{count:,} from before</source>
            <translation>{count:,} 张此前已完成</translation>
        </message>
        <message>
            <source>{count:,} without an answer</source>
            <translation>{count:,} 张无结果</translation>
        </message>
        <message>
            <source>1 picture</source>
            <translation>1 张图片</translation>
        </message>
        <message>
            <source>{count:,} pictures</source>
            <translation>{count:,} 张图片</translation>
        </message>
        <message>
            <source>{count:,} came too fast</source>
            <translation>{count:,} 张来不及处理</translation>
        </message>
    </context>
    <context>
        <name>BatchSheet</name>
        <message>
            <source>Contact sheet</source>
            <translation>缩略图表</translation>
        </message>
    </context>
    <context>
        <name>BatchSources</name>
        <message>
            <source>Folder ...</source>
            <translation>文件夹…</translation>
        </message>
        <message>
            <source>Run all pictures in a folder</source>
            <translation>运行文件夹中的所有图片</translation>
        </message>
        <message>
            <source>Files ...</source>
            <translation>文件…</translation>
        </message>
        <message>
            <source>Run pictures, videos, or a text file with the path of a picture in each line</source>
            <translation>运行图片、视频，或每行一个图片路径的文本文件</translation>
        </message>
        <message>
            <source>Screen</source>
            <translation>屏幕</translation>
        </message>
        <message>
            <source>Run the model on a part of the screen</source>
            <translation>对屏幕的一部分运行模型</translation>
        </message>
        <message>
            <source>With subfolders</source>
            <translation>含子文件夹</translation>
        </message>
        <message>
            <source>Take the folders in a folder as well</source>
            <translation>同时包括文件夹中的子文件夹</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>摄像头</translation>
        </message>
        <message>
            <source>Run the model on what a camera sees</source>
            <translation>对摄像头画面运行模型</translation>
        </message>
        <message>
            <source>Camera {number}</source>
            <translation>摄像头 {number}</translation>
        </message>
        <message>
            <source>Run the pictures in</source>
            <translation>运行文件夹中的图片</translation>
        </message>
        <message>
            <source>Pictures, videos and lists ({suffixes})</source>
            <translation>图片、视频和列表 ({suffixes})</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <source>Run on</source>
            <translation>选择输入</translation>
        </message>
    </context>
    <context>
        <name>BatchView</name>
        <message>
            <source>Similarity</source>
            <translation>相似度</translation>
        </message>
        <message>
            <source>Compare each two pictures by their embeddings</source>
            <translation>按 embedding 两两比较图片</translation>
        </message>
        <message>
            <source>Drop pictures to see where two runtimes differ</source>
            <translation>拖入图片，查看两个运行时的差异</translation>
        </message>
        <message>
            <source>Drop a folder, a video or many pictures here</source>
            <translation>把文件夹、视频或多张图片拖到这里</translation>
        </message>
        <message>
            <source>Files that are no pictures are told and left out. A run can be stopped and goes on where it was.</source>
            <translation>不是图片的文件会列出并跳过。运行可以停止，之后从停止处继续。</translation>
        </message>
    </context>
    <context>
        <name>Batches</name>
        <message>
            <source>Saving {name}</source>
            <translation>保存 {name}</translation>
        </message>
        <message>
            <source>This model does not take pictures.</source>
            <translation>此模型的输入不是图片。</translation>
        </message>
        <message>
            <source>Run arrays on it one by one.</source>
            <translation>请逐个运行数组。</translation>
        </message>
    </context>
    <context>
        <name>BenchHistoryModel</name>
        <message>
            <source>When</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>备注</translation>
        </message>
        <message>
            <source>Median (ms)</source>
            <translation>中位数 (ms)</translation>
        </message>
        <message>
            <source>p99 (ms)</source>
            <translation>p99 (ms)</translation>
        </message>
        <message>
            <source>Per second</source>
            <translation>每秒次数</translation>
        </message>
        <message>
            <source>Batch</source>
            <translation>批次大小</translation>
        </message>
        <message>
            <source>Method</source>
            <translation>方法</translation>
        </message>
        <message>
            <source>Part of</source>
            <translation>所属组</translation>
        </message>
        <message>
            <source>Runtime</source>
            <translation>运行时</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>Loops</source>
            <translation>循环</translation>
        </message>
        <message>
            <source>GPUs</source>
            <translation>GPU</translation>
        </message>
    </context>
    <context>
        <name>BenchPlot</name>
        <message>
            <source>Time (ms)</source>
            <translation>时间 (ms)</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>时间 (s)</translation>
        </message>
        <message>
            <source>Latency</source>
            <translation>延迟</translation>
        </message>
        <message>
            <source>GPU compute</source>
            <translation>GPU 计算</translation>
        </message>
    </context>
    <context>
        <name>BenchmarkView</name>
        <message>
            <source>Every inference appears here while it is measured.</source>
            <translation>测量时，每次推理都会显示在这里。</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Measure now</source>
            <translation>开始测量</translation>
        </message>
        <message>
            <source>End it now and keep what was measured (Esc)</source>
            <translation>立即结束，保留已测得的数据 (Esc)</translation>
        </message>
        <message>
            <source>Correct the shapes first.</source>
            <translation>请先改正形状。</translation>
        </message>
        <message>
            <source>Done in {seconds:.1f} s.</source>
            <translation>已完成，耗时 {seconds:.1f} s。</translation>
        </message>
        <message>
            <source>Stopped. The figures hold for what was measured until then.</source>
            <translation>已停止。以下数据只涵盖停止前的测量。</translation>
        </message>
        <message>
            <source>Warming up ...</source>
            <translation>正在预热…</translation>
        </message>
        <message>
            <source>Measuring, {seconds:.1f} of {whole:g} s</source>
            <translation>正在测量，{seconds:.1f} / {whole:g} s</translation>
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
            <source>As the model says ({types})</source>
            <translation>与模型一致（{types}）</translation>
        </message>
        <message>
            <source>As the model says</source>
            <translation>与模型一致</translation>
        </message>
        <message>
            <source>TensorRT chooses, layer by layer</source>
            <translation>由 TensorRT 逐层选择</translation>
        </message>
        <message>
            <source>{name} (the model is converted first)</source>
            <translation>{name}（先转换模型）</translation>
        </message>
        <message>
            <source>as the model says</source>
            <translation>与模型一致</translation>
        </message>
        <message>
            <source>weakly typed</source>
            <translation>弱类型</translation>
        </message>
        <message>
            <source>none of them</source>
            <translation>无</translation>
        </message>
        <message>
            <source>on</source>
            <translation>开</translation>
        </message>
        <message>
            <source>off</source>
            <translation>关</translation>
        </message>
        <message>
            <source>as TensorRT sees fit</source>
            <translation>由 TensorRT 决定</translation>
        </message>
        <message>
            <source>{seconds:.1f} s</source>
            <translation>{seconds:.1f} s</translation>
        </message>
        <message>
            <source>{minutes} min {rest:02d} s</source>
            <translation>{minutes} min {rest:02d} s</translation>
        </message>
        <message>
            <source>{seconds:.0f} s</source>
            <translation>{seconds:.0f} s</translation>
        </message>
        <message>
            <source>{minutes:.0f} min</source>
            <translation>{minutes:.0f} min</translation>
        </message>
    </context>
    <context>
        <name>BuildBar</name>
        <message>
            <source>Copy as</source>
            <translation>复制为</translation>
        </message>
        <message>
            <source>Show the build</source>
            <translation>查看构建</translation>
        </message>
        <message>
            <source>How far the build is</source>
            <translation>查看构建进度</translation>
        </message>
        <message>
            <source>Show the last build</source>
            <translation>查看上次构建</translation>
        </message>
        <message>
            <source>What the last build gave</source>
            <translation>查看上次构建的结果</translation>
        </message>
        <message>
            <source>Add to queue</source>
            <translation>加入队列</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>构建</translation>
        </message>
        <message>
            <source>Build the engine (Ctrl+B)</source>
            <translation>构建引擎 (Ctrl+B)</translation>
        </message>
        <message>
            <source>Copy this build as a command line or a script</source>
            <translation>将此构建复制为命令行或脚本</translation>
        </message>
        <message>
            <source>Python script</source>
            <translation>Python 脚本</translation>
        </message>
    </context>
    <context>
        <name>BuildForm</name>
        <message>
            <source>exact FP32</source>
            <translation>精确 FP32</translation>
        </message>
        <message>
            <source>{count} profiles</source>
            <translation>{count} 个优化配置文件</translation>
        </message>
        <message>
            <source>{plan}: {parts}.</source>
            <translation>{plan}：{parts}。</translation>
        </message>
        <message>
            <source>Inputs</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>plan 文件</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精度</translation>
        </message>
        <message>
            <source>For these GPUs</source>
            <translation>目标 GPU</translation>
        </message>
        <message>
            <source>{count} options changed</source>
            <translation>已更改 {count} 个选项</translation>
        </message>
        <message>
            <source>1 option changed</source>
            <translation>已更改 1 个选项</translation>
        </message>
        <message>
            <source>More options</source>
            <translation>更多选项</translation>
        </message>
    </context>
    <context>
        <name>BuildGroups</name>
        <message>
            <source>Outputs</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>Speed and effort</source>
            <translation>速度与优化力度</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>内存</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>权重</translation>
        </message>
        <message>
            <source>Numbers</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>Compatibility</source>
            <translation>兼容性</translation>
        </message>
        <message>
            <source>Timing cache</source>
            <translation>Timing cache</translation>
        </message>
        <message>
            <source>Plugins</source>
            <translation>插件</translation>
        </message>
        <message>
            <source>Log and debugging</source>
            <translation>日志与调试</translation>
        </message>
        <message>
            <source>DLA</source>
            <translation>DLA</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>其他</translation>
        </message>
        <message>
            <source>This is for a plan with VERSION_COMPATIBLE.</source>
            <translation>此项只用于设置了 VERSION_COMPATIBLE 的 plan。</translation>
        </message>
        <message>
            <source>Name the weights that can be replaced.</source>
            <translation>请指定可以替换的权重。</translation>
        </message>
        <message>
            <source>Choose the timing cache first.</source>
            <translation>请先选择 timing cache。</translation>
        </message>
        <message>
            <source>A timing cache is chosen above: clear one of the two.</source>
            <translation>上面已选择 timing cache：请清除两者之一。</translation>
        </message>
    </context>
    <context>
        <name>BuildHistoryModel</name>
        <message>
            <source>built</source>
            <translation>已构建</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>When</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Outcome</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精度</translation>
        </message>
        <message>
            <source>GPUs</source>
            <translation>目标 GPU</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>耗时</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>TensorRT</source>
            <translation>TensorRT</translation>
        </message>
    </context>
    <context>
        <name>BuildHistoryPage</name>
        <message>
            <source>Earlier builds</source>
            <translation>历史构建</translation>
        </message>
        <message>
            <source>Filter by model, GPU, outcome ...</source>
            <translation>按模型、GPU、结果筛选…</translation>
        </message>
        <message>
            <source>Filter the builds</source>
            <translation>筛选构建</translation>
        </message>
        <message>
            <source>Build again</source>
            <translation>再次构建</translation>
        </message>
        <message>
            <source>Open the plan</source>
            <translation>打开 plan</translation>
        </message>
        <message>
            <source>Compare two</source>
            <translation>比较两个</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Choose one build</source>
            <translation>请选择一次构建</translation>
        </message>
        <message>
            <source>Build it again as it was asked for</source>
            <translation>按原来的设置重新构建</translation>
        </message>
        <message>
            <source>Choose builds that have a plan</source>
            <translation>请选择有 plan 的构建</translation>
        </message>
        <message>
            <source>Open what was built</source>
            <translation>打开构建出的 plan</translation>
        </message>
        <message>
            <source>Choose two builds that have a plan</source>
            <translation>请选择两个有 plan 的构建</translation>
        </message>
        <message>
            <source>Show how their layers differ</source>
            <translation>显示二者各层的差异</translation>
        </message>
        <message>
            <source>Nothing is chosen.</source>
            <translation>没有选择任何项。</translation>
        </message>
        <message>
            <source>The plans on the disk stay</source>
            <translation>磁盘上的 plan 会保留</translation>
        </message>
        <message>
            <source>Nothing was built yet.</source>
            <translation>还没有构建。</translation>
        </message>
        <message>
            <source>Choose a build to see what was asked for, or two to compare them.</source>
            <translation>选择一个构建可查看其设置，选择两个可进行比较。</translation>
        </message>
        <message>
            <source>Model: {path}</source>
            <translation>模型：{path}</translation>
        </message>
        <message>
            <source>Plan: {path}</source>
            <translation>plan：{path}</translation>
        </message>
        <message>
            <source>Profile: {shapes}</source>
            <translation>优化配置文件：{shapes}</translation>
        </message>
        <message>
            <source>Flags: {names}</source>
            <translation>标志：{names}</translation>
        </message>
        <message>
            <source>Options: {settings}</source>
            <translation>选项：{settings}</translation>
        </message>
        <message>
            <source>As a command: {command}</source>
            <translation>对应命令：{command}</translation>
        </message>
        <message>
            <source>The layers of one of these builds are not known.</source>
            <translation>其中某个构建的层未知。</translation>
        </message>
    </context>
    <context>
        <name>BuildOptions</name>
        <message>
            <source>No option is like that.</source>
            <translation>没有符合的选项。</translation>
        </message>
        <message>
            <source>{option}: {problem}</source>
            <translation>{option}：{problem}</translation>
        </message>
        <message>
            <source>Search the options</source>
            <translation>搜索选项</translation>
        </message>
        <message>
            <source>Changed ones only</source>
            <translation>仅已更改</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>全部重置</translation>
        </message>
        <message>
            <source>Every option back to its default</source>
            <translation>所有选项恢复默认值</translation>
        </message>
        <message>
            <source>A build with this flag needs a GPU in this machine.</source>
            <translation>使用此标志构建时，本机必须有 GPU。</translation>
        </message>
    </context>
    <context>
        <name>BuildPage</name>
        <message>
            <source>Runtimes ...</source>
            <translation>运行时…</translation>
        </message>
        <message>
            <source>Add another TensorRT, of another environment</source>
            <translation>添加其他环境中的 TensorRT</translation>
        </message>
        <message>
            <source>Earlier builds</source>
            <translation>历史构建</translation>
        </message>
        <message>
            <source>Repeat or compare what was built (Ctrl+H)</source>
            <translation>重复或比较以往的构建 (Ctrl+H)</translation>
        </message>
        <message>
            <source>Build {name}</source>
            <translation>构建 {name}</translation>
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
            <source>The model could not be read.</source>
            <translation>无法读取该模型。</translation>
        </message>
        <message>
            <source>Looking for TensorRT ...</source>
            <translation>正在查找 TensorRT…</translation>
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
            <source>Back to the form</source>
            <translation>返回表单</translation>
        </message>
        <message>
            <source>The build goes on; another can be added to the queue</source>
            <translation>构建会继续；可以再将一个构建加入队列</translation>
        </message>
        <message>
            <source>Starting ...</source>
            <translation>正在启动…</translation>
        </message>
        <message>
            <source>Earlier builds took about {time}.</source>
            <translation>以往构建约需 {time}。</translation>
        </message>
        <message>
            <source>The build is being stopped</source>
            <translation>正在停止构建</translation>
        </message>
        <message>
            <source>Stop the build; no plan is written (Esc)</source>
            <translation>停止构建，不写入 plan (Esc)</translation>
        </message>
        <message>
            <source>Stopping ...</source>
            <translation>正在停止…</translation>
        </message>
    </context>
    <context>
        <name>BuildQueue</name>
        <message>
            <source>Stop {name}</source>
            <translation>停止 {name}</translation>
        </message>
        <message>
            <source>Starting ...</source>
            <translation>正在启动…</translation>
        </message>
    </context>
    <context>
        <name>BuildResultView</name>
        <message>
            <source>The builder gave no layer table for this engine.</source>
            <translation>构建器没有给出此引擎的层表。</translation>
        </message>
        <message>
            <source>The same build made another plan before: its kernels differ.</source>
            <translation>此前相同的构建生成了不同的 plan：所用的 kernel 不同。</translation>
        </message>
        <message>
            <source>With a timing cache, builds choose the same kernels again.</source>
            <translation>使用 timing cache 后，每次构建都会选择相同的 kernel。</translation>
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
            <source>Open the plan's folder</source>
            <translation>打开 plan 所在文件夹</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>plan 文件</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>构建记录</translation>
        </message>
        <message>
            <source>Built with</source>
            <translation>构建工具</translation>
        </message>
        <message>
            <source>byte for byte, to the last build of the same</source>
            <translation>与上次的相同构建逐字节一致</translation>
        </message>
        <message>
            <source>Identical</source>
            <translation>完全相同</translation>
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
            <source>Run</source>
            <translation>运行</translation>
        </message>
        <message>
            <source>Run pictures or arrays on this engine</source>
            <translation>在此引擎上运行图片或数组</translation>
        </message>
        <message>
            <source>Open in Model</source>
            <translation>在“模型”页打开</translation>
        </message>
        <message>
            <source>Its layers beside the nodes that they came from</source>
            <translation>对照查看各层及其来源节点</translation>
        </message>
        <message>
            <source>Benchmark</source>
            <translation>基准测试</translation>
        </message>
        <message>
            <source>Measure its latency and throughput</source>
            <translation>测量其延迟和吞吐量</translation>
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
        <name>BuildSpecial</name>
        <message>
            <source>Tensors that become outputs</source>
            <translation>设为输出的张量</translation>
        </message>
        <message>
            <source>Their values can be looked at; the layers around them are fused less.</source>
            <translation>可以查看它们的值；周围的层融合会减少。</translation>
        </message>
        <message>
            <source>Outputs that are none any more</source>
            <translation>不再输出的张量</translation>
        </message>
        <message>
            <source>What only they need is not computed.</source>
            <translation>只有它们才需要的部分不会计算。</translation>
        </message>
        <message>
            <source>A file of measured kernels: the next build is quicker, and the same.</source>
            <translation>保存 kernel 测量结果的文件：下次构建更快，且结果相同。</translation>
        </message>
        <message>
            <source>Timing cache</source>
            <translation>Timing cache</translation>
        </message>
        <message>
            <source>Layers that TensorRT does not have itself.</source>
            <translation>TensorRT 自身没有的层。</translation>
        </message>
        <message>
            <source>Plugin libraries</source>
            <translation>插件库</translation>
        </message>
        <message>
            <source>Their values can be watched at run time, where that is switched on.</source>
            <translation>运行时启用后，可以观察它们的值。</translation>
        </message>
        <message>
            <source>Debug tensors</source>
            <translation>调试张量</translation>
        </message>
        <message>
            <source>All tensors that are left after layers were fused.</source>
            <translation>层融合后仍保留的所有张量。</translation>
        </message>
        <message>
            <source>Debug all tensors</source>
            <translation>调试所有张量</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>全部</translation>
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
            <source>Information</source>
            <translation>信息</translation>
        </message>
        <message>
            <source>How much of TensorRT's log is passed on.</source>
            <translation>传递多少 TensorRT 日志。</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>日志</translation>
        </message>
        <message>
            <source>No weights are called {name}.</source>
            <translation>没有名为 {name} 的权重。</translation>
        </message>
        <message>
            <source>Name of weights, as *.weight</source>
            <translation>权重名称，如 *.weight</translation>
        </message>
        <message>
            <source>These alone can be replaced later; the others are optimized as constants.</source>
            <translation>以后只能替换这些权重；其余权重作为常量优化。</translation>
        </message>
        <message>
            <source>Refittable weights</source>
            <translation>可 refit 的权重</translation>
        </message>
        <message>
            <source>Layer, as conv_*</source>
            <translation>层，如 conv_*</translation>
        </message>
        <message>
            <source>No layer is called {name}.</source>
            <translation>没有名为 {name} 的层。</translation>
        </message>
        <message>
            <source>Layers that it cannot run are refused, or the GPU's where that may take over.</source>
            <translation>DLA 无法运行的层会报错；若允许 GPU 接替，则由 GPU 运行。</translation>
        </message>
        <message>
            <source>Layers on a DLA</source>
            <translation>在 DLA 上的层</translation>
        </message>
        <message>
            <source>They stay there where others run on a DLA.</source>
            <translation>其他层在 DLA 上运行时，这些层仍在 GPU 上运行。</translation>
        </message>
        <message>
            <source>Layers on the GPU</source>
            <translation>在 GPU 上的层</translation>
        </message>
    </context>
    <context>
        <name>BuildView</name>
        <message>
            <source>This plan is being built; give the next one another name.</source>
            <translation>正在构建此 plan，请为下一个另取名称。</translation>
        </message>
        <message>
            <source>Earlier builds took about {time}.</source>
            <translation>以往构建约需 {time}。</translation>
        </message>
        <message>
            <source>Copied as {form}.</source>
            <translation>已复制为 {form}。</translation>
        </message>
        <message>
            <source>It cannot say everything: read the comments in it.</source>
            <translation>它无法表达全部设置：请阅读其中的注释。</translation>
        </message>
        <message>
            <source>Stopped after {time}. No plan was written.</source>
            <translation>{time} 后停止，没有写入 plan。</translation>
        </message>
    </context>
    <context>
        <name>Builds</name>
        <message>
            <source>Building {name}</source>
            <translation>构建 {name}</translation>
        </message>
        <message>
            <source>{runtime} is not here any more, so {other} builds this again.</source>
            <translation>{runtime} 已不在本机，重新构建改用：{other}。</translation>
        </message>
        <message>
            <source>no TensorRT</source>
            <translation>没有 TensorRT</translation>
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
        <name>BytesField</name>
        <message>
            <source>default</source>
            <translation>默认</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>单位</translation>
        </message>
    </context>
    <context>
        <name>CacheField</name>
        <message>
            <source>no cache</source>
            <translation>不使用</translation>
        </message>
        <message>
            <source>Timing cache</source>
            <translation>Timing cache</translation>
        </message>
        <message>
            <source>Browse ...</source>
            <translation>浏览…</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>选择文件</translation>
        </message>
        <message>
            <source>Read, and written after the build</source>
            <translation>读取，并在构建后写入</translation>
        </message>
        <message>
            <source>Read only</source>
            <translation>只读</translation>
        </message>
        <message>
            <source>Take what another GPU measured</source>
            <translation>接受其他 GPU 的测量结果</translation>
        </message>
        <message>
            <source>Combine with ...</source>
            <translation>合并…</translation>
        </message>
        <message>
            <source>Timing caches (*)</source>
            <translation>Timing cache (*)</translation>
        </message>
        <message>
            <source>Give the whole path of the cache.</source>
            <translation>请给出 timing cache 的完整路径。</translation>
        </message>
    </context>
    <context>
        <name>CalibrationForm</name>
        <message>
            <source>Choose a folder of pictures or arrays to calibrate on.</source>
            <translation>请选择用于校准的图片或数组文件夹。</translation>
        </message>
        <message>
            <source>There is no such folder.</source>
            <translation>没有这个文件夹。</translation>
        </message>
        <message>
            <source>The folder mixes {pictures} pictures and {arrays} arrays; keep one.</source>
            <translation>文件夹中混有 {pictures} 张图片和 {arrays} 个数组，请只保留一种。</translation>
        </message>
        <message>
            <source>The folder holds no picture, .npy or .npz file itself.</source>
            <translation>文件夹中没有直接存放的图片、.npy 或 .npz 文件。</translation>
        </message>
        <message>
            <source>Folder of pictures or arrays</source>
            <translation>图片或数组的文件夹</translation>
        </message>
        <message>
            <source>Folder to calibrate on</source>
            <translation>用于校准的文件夹</translation>
        </message>
        <message>
            <source>Browse ...</source>
            <translation>浏览…</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>选择文件夹</translation>
        </message>
        <message>
            <source>Entropy</source>
            <translation>熵</translation>
        </message>
        <message>
            <source>Minimum and maximum</source>
            <translation>最小值和最大值</translation>
        </message>
        <message>
            <source>Percentile</source>
            <translation>百分位</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>as the model says</source>
            <translation>与模型一致</translation>
        </message>
        <message>
            <source>A file that keeps the ranges for the next build</source>
            <translation>保存范围的文件，供下次构建使用</translation>
        </message>
        <message>
            <source>A preset's name or JSON, where pictures need another</source>
            <translation>预设名称或 JSON，用于图片需要其他预处理时</translation>
        </message>
        <message>
            <source>Method</source>
            <translation>方法</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>最多</translation>
        </message>
        <message>
            <source>Keep ranges in</source>
            <translation>范围保存到</translation>
        </message>
        <message>
            <source>Preprocess</source>
            <translation>预处理</translation>
        </message>
        <message>
            <source>How it is measured</source>
            <translation>测量方式</translation>
        </message>
        <message>
            <source>1 picture</source>
            <translation>1 张图片</translation>
        </message>
        <message>
            <source>{count:,} pictures</source>
            <translation>{count:,} 张图片</translation>
        </message>
        <message>
            <source>1 array</source>
            <translation>1 个数组</translation>
        </message>
        <message>
            <source>{count:,} arrays</source>
            <translation>{count:,} 个数组</translation>
        </message>
        <message>
            <source>{found}, of which {limit:,} are used</source>
            <translation>{found}，只使用其中 {limit:,} 个</translation>
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
        <name>Captures</name>
        <message>
            <source>Wayland does not let programs see the screen.</source>
            <translation>Wayland 不允许程序读取屏幕。</translation>
        </message>
        <message>
            <source>Take a picture with the desktop's own tool and paste it with Ctrl+V.</source>
            <translation>请用桌面自带的工具截图，再按 Ctrl+V 粘贴。</translation>
        </message>
        <message>
            <source>The screen cannot be read here.</source>
            <translation>此处无法读取屏幕。</translation>
        </message>
        <message>
            <source>Paste a picture.</source>
            <translation>请粘贴图片。</translation>
        </message>
    </context>
    <context>
        <name>ChoiceField</name>
        <message>
            <source>Default ({value})</source>
            <translation>默认（{value}）</translation>
        </message>
        <message>
            <source>TensorRT's default</source>
            <translation>TensorRT 默认值</translation>
        </message>
    </context>
    <context>
        <name>ClassNames</name>
        <message>
            <source>face</source>
            <translation>人脸</translation>
        </message>
        <message>
            <source>text</source>
            <translation>文字</translation>
        </message>
        <message>
            <source>foreground</source>
            <translation>前景</translation>
        </message>
        <message>
            <source>class {index}</source>
            <translation>类别 {index}</translation>
        </message>
    </context>
    <context>
        <name>ClocksPlot</name>
        <message>
            <source>SM clock</source>
            <translation>SM 时钟</translation>
        </message>
        <message>
            <source>Memory clock</source>
            <translation>显存时钟</translation>
        </message>
        <message>
            <source>Power</source>
            <translation>功耗</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>温度</translation>
        </message>
        <message>
            <source>MHz</source>
            <translation>MHz</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>°C</source>
            <translation>°C</translation>
        </message>
        <message>
            <source>Held down: {reasons}</source>
            <translation>降频原因：{reasons}</translation>
        </message>
    </context>
    <context>
        <name>ColorBar</name>
        <message>
            <source>What the colours mean</source>
            <translation>颜色说明</translation>
        </message>
        <message>
            <source>NaN</source>
            <translation>NaN</translation>
        </message>
        <message>
            <source>Inf</source>
            <translation>Inf</translation>
        </message>
        <message>
            <source>{low} to {high}</source>
            <translation>{low} 至 {high}</translation>
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
            <source>Choose a file to compare with</source>
            <translation>选择要比较的文件</translation>
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
            <source>Different readings: which layers of the one are in which of the other.</source>
            <translation>两侧的视图种类不同：显示一侧的哪些层在另一侧的哪些层中。</translation>
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
            <source>made of</source>
            <translation>来自</translation>
        </message>
        <message>
            <source>- gone</source>
            <translation>- 消失</translation>
        </message>
        <message>
            <source>and of nodes that were put in</source>
            <translation>以及插入的节点</translation>
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
            <source>Nothing differs: the only layer is the same.</source>
            <translation>没有差异：唯一的一层相同。</translation>
        </message>
        <message>
            <source>Nothing differs: {count:,} layers are the same.</source>
            <translation>没有差异：{count:,} 层全部相同。</translation>
        </message>
        <message>
            <source>Layers: {same:,} the same, {changed:,} changed, {removed:,} removed, {added:,} added</source>
            <translation>层：{same:,} 个相同，{changed:,} 个更改，{removed:,} 个删除，{added:,} 个新增</translation>
        </message>
        <message>
            <source>{found:,} of {all:,} layers are in {kernels:,} of {most:,}</source>
            <translation>{all:,} 层中有 {found:,} 层位于另一侧 {most:,} 层中的 {kernels:,} 层</translation>
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
        <name>Comparisons</name>
        <message>
            <source>Comparing the loops of {name}</source>
            <translation>比较 {name} 的循环</translation>
        </message>
    </context>
    <context>
        <name>ConstantEditor</name>
        <message>
            <source>Constant for {name}</source>
            <translation>{name} 的常量</translation>
        </message>
        <message>
            <source>One number for all values, or one for each: 640, 480</source>
            <translation>一个数用于所有值，或每个值一个数：640, 480</translation>
        </message>
        <message>
            <source>Write a number, or several with commas between them.</source>
            <translation>请输入一个数，或用逗号分隔的多个数。</translation>
        </message>
    </context>
    <context>
        <name>ConversionForm</name>
        <message>
            <source>Node or operator, as Softmax</source>
            <translation>节点或算子，例如 Softmax</translation>
        </message>
        <message>
            <source>No node or operator is called {name}.</source>
            <translation>没有名为 {name} 的节点或算子。</translation>
        </message>
        <message>
            <source>Convert the inputs and outputs too</source>
            <translation>同时转换输入和输出</translation>
        </message>
        <message>
            <source>Else they keep the types that the model gives them</source>
            <translation>否则保持模型给出的类型</translation>
        </message>
        <message>
            <source> weights</source>
            <translation> 个权重</translation>
        </message>
        <message>
            <source>Smaller layers compute in the type of all others</source>
            <translation>更小的层按“其他所有层”的类型计算</translation>
        </message>
        <message>
            <source>python of its environment</source>
            <translation>其环境中的 python</translation>
        </message>
        <message>
            <source>Name the Python that has NVIDIA's Model Optimizer.</source>
            <translation>请指定安装了 NVIDIA Model Optimizer 的 Python。</translation>
        </message>
        <message>
            <source>Model Optimizer measures by entropy, or minimum and maximum.</source>
            <translation>Model Optimizer 只能以熵或最小值和最大值测量。</translation>
        </message>
        <message>
            <source>TRT Studio itself</source>
            <translation>TRT Studio 自身</translation>
        </message>
        <message>
            <source>NVIDIA Model Optimizer</source>
            <translation>NVIDIA Model Optimizer</translation>
        </message>
        <message>
            <source>The model is quantized already: it is taken as it is.</source>
            <translation>模型已经量化：按原样使用。</translation>
        </message>
        <message>
            <source>Keep in FP32</source>
            <translation>保持 FP32</translation>
        </message>
        <message>
            <source>INT8 from</source>
            <translation>INT8 不少于</translation>
        </message>
        <message>
            <source>All other layers</source>
            <translation>其他所有层</translation>
        </message>
        <message>
            <source>Converted by</source>
            <translation>转换工具</translation>
        </message>
        <message>
            <source>Its Python</source>
            <translation>所用 Python</translation>
        </message>
        <message>
            <source>Details of the conversion</source>
            <translation>转换的详细设置</translation>
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
        <name>Core</name>
        <message>
            <source>The inputs do not fit into memory.</source>
            <translation>输入在内存中放不下。</translation>
        </message>
        <message>
            <source>Take smaller shapes.</source>
            <translation>请使用更小的形状。</translation>
        </message>
        <message>
            <source>NumPy has no arrays of {name}.</source>
            <translation>NumPy 没有 {name} 类型的数组。</translation>
        </message>
        <message>
            <source>Install ml_dtypes, or cast the model's inputs and outputs to float32.</source>
            <translation>请安装 ml_dtypes，或将模型的输入输出转换为 float32。</translation>
        </message>
        <message>
            <source>{path} cannot be read: damaged.</source>
            <translation>无法读取 {path}：文件已损坏。</translation>
        </message>
        <message>
            <source>Write it with numpy.save or numpy.savez, with numbers only; arrays of Python objects are refused.</source>
            <translation>请用 numpy.save 或 numpy.savez 写入，且只含数值；不接受 Python 对象数组。</translation>
        </message>
        <message>
            <source>{path} holds one array without a name, and the model has {inputs:n} inputs.</source>
            <translation>{path} 只有一个未命名的数组，而模型有 {inputs:n} 个输入。</translation>
        </message>
        <message>
            <source>Write an .npz with an array for each of: {names}.</source>
            <translation>请写一个 .npz，为以下各项各提供一个数组：{names}。</translation>
        </message>
        <message>
            <source>{path} has {content:n} bytes, and "{name}" takes {wanted:n}: {dtype} [{shape}].</source>
            <translation>{path} 有 {content:n} 字节，而“{name}”需要 {wanted:n} 字节：{dtype} [{shape}]。</translation>
        </message>
        <message>
            <source>Give the shape that the values in the file have, and check their type.</source>
            <translation>请给出文件中数值的形状，并检查其类型。</translation>
        </message>
        <message>
            <source>{dtype} has no {value}.</source>
            <translation>{dtype} 无法表示 {value}。</translation>
        </message>
        <message>
            <source>Give a value that the type holds.</source>
            <translation>请给出该类型能表示的值。</translation>
        </message>
        <message>
            <source>{values:n} values were given for "{name}" [{shape}].</source>
            <translation>为“{name}”[{shape}] 给出了 {values:n} 个值。</translation>
        </message>
        <message>
            <source>Give one value for all, or one for each.</source>
            <translation>请给出一个用于全部的值，或每个元素一个值。</translation>
        </message>
        <message>
            <source>{chosen} of {counts:n} layers become INT8: the others have fewer than {int8_from} weights. TensorRT-RTX rounds between INT8 layers in kernels of their own, each 0.14 MB of the plan, which small layers do not save.</source>
            <translation>{counts:n} 层中有 {chosen} 层转为 INT8：其余层的权重少于 {int8_from} 个。TensorRT-RTX 在 INT8 层之间用单独的 kernel 舍入，每个占 plan 0.14 MB，小的层省不出这么多。</translation>
        </message>
        <message>
            <source>{chosen} of {counts:n} layers become INT8: the others have fewer than {int8_from} weights.</source>
            <translation>{counts:n} 层中有 {chosen} 层转为 INT8：其余层的权重少于 {int8_from} 个。</translation>
        </message>
        <message>
            <source>TensorRT-RTX rounds between INT8 layers in kernels of their own, each 0.14 MB of the plan: expect {small} of {counts:n} layers to lose by INT8.</source>
            <translation>TensorRT-RTX 在 INT8 层之间用单独的 kernel 舍入，每个占 plan 0.14 MB：{counts:n} 层中预计有 {small} 层用 INT8 得不偿失。</translation>
        </message>
        <message>
            <source>Wait for the GPU after every layer, to find one that fails.</source>
            <translation>每执行一层都等待 GPU 完成，便于定位出错的层。</translation>
        </message>
        <message>
            <source>Layers that a DLA cannot run are run by the GPU.</source>
            <translation>DLA 无法运行的层由 GPU 运行。</translation>
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
            <source>Only weights that the network marks can be replaced later.</source>
            <translation>以后只能替换网络中标记的权重。</translation>
        </message>
        <message>
            <source>Leave the weights out of the plan; they are put back by refitting.</source>
            <translation>plan 中不保存权重，之后通过 refit 填回。</translation>
        </message>
        <message>
            <source>The older name of STRIP_PLAN.</source>
            <translation>STRIP_PLAN 的旧名称。</translation>
        </message>
        <message>
            <source>Weights can stay in host memory: less GPU memory, slower.</source>
            <translation>权重可以留在主机内存：占用显存更少，但更慢。</translation>
        </message>
        <message>
            <source>Use sparse kernels where two of every four weights are zero.</source>
            <translation>每四个权重中有两个为零 (2:4) 时，使用稀疏 kernel。</translation>
        </message>
        <message>
            <source>FP32 products may be rounded to TF32, which is faster and keeps three digits.</source>
            <translation>FP32 乘积可舍入为 TF32：更快，保留三位有效数字。</translation>
        </message>
        <message>
            <source>Never simplify 0 * x or x - x, so that NaN and infinity get through.</source>
            <translation>不化简 0 * x 和 x - x，使 NaN 和无穷大能够传递下去。</translation>
        </message>
        <message>
            <source>Refuse to convert the memory layout of inputs and outputs.</source>
            <translation>拒绝转换输入输出的内存布局。</translation>
        </message>
        <message>
            <source>Restrict layers to what a safety-certified engine may hold.</source>
            <translation>只使用安全认证引擎允许的层。</translation>
        </message>
        <message>
            <source>Later TensorRT versions can load the plan too; it may be slower.</source>
            <translation>更高版本的 TensorRT 也能加载此 plan，但可能更慢。</translation>
        </message>
        <message>
            <source>A version-compatible plan does not bring its own lean runtime along.</source>
            <translation>版本兼容的 plan 不附带自己的 lean runtime。</translation>
        </message>
        <message>
            <source>Fail where an algorithm selector leaves nothing to choose from.</source>
            <translation>算法选择器没有留下可选项时报错。</translation>
        </message>
        <message>
            <source>Time every layer afresh, even identical ones: a longer build.</source>
            <translation>每一层都重新计时，相同的层也不例外：构建时间更长。</translation>
        </message>
        <message>
            <source>The timing cache can be read and changed, entry by entry.</source>
            <translation>可以逐条读取和修改 timing cache。</translation>
        </message>
        <message>
            <source>Fail where the timing cache lacks a measurement.</source>
            <translation>timing cache 中缺少某项测量时报错。</translation>
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
            <source>Import InstanceNormalization as TensorRT's own layer, not a plugin.</source>
            <translation>将 InstanceNormalization 导入为 TensorRT 自有的层，而不是插件。</translation>
        </message>
        <message>
            <source>Take UINT8 and zero points other than 0 in quantization, for a DLA.</source>
            <translation>为 DLA 接受 UINT8 和非零的量化零点。</translation>
        </message>
        <message>
            <source>Check of every node whether a DLA can run it.</source>
            <translation>检查每个节点能否由 DLA 运行。</translation>
        </message>
        <message>
            <source>A plugin of an operator's name takes the operator's place.</source>
            <translation>与算子同名的插件会取代该算子。</translation>
        </message>
        <message>
            <source>Rewrite layers so that more of them suit a DLA.</source>
            <translation>改写层，使更多层适合 DLA。</translation>
        </message>
        <message>
            <source>How long to search for faster kernels: 0 builds soonest, 5 runs fastest.</source>
            <translation>搜索更快 kernel 的力度：0 构建最快，5 运行最快。</translation>
        </message>
        <message>
            <source>How many runs each timing of a kernel is averaged over.</source>
            <translation>每次 kernel 计时取多少次运行的平均。</translation>
        </message>
        <message>
            <source>The most streams beside the main one; 0 takes the least memory.</source>
            <translation>主流之外最多使用的流数；0 占用内存最少。</translation>
        </message>
        <message>
            <source>The most kernels that are timed for a layer.</source>
            <translation>每层最多计时的 kernel 数。</translation>
        </message>
        <message>
            <source>Bytes of the L2 cache that tiling aims at.</source>
            <translation>tiling 以多少字节的 L2 缓存为目标。</translation>
        </message>
        <message>
            <source>How hard to search for tilings that keep data in the L2 cache.</source>
            <translation>搜索使数据留在 L2 缓存中的 tiling 的力度。</translation>
        </message>
        <message>
            <source>Which other GPUs the plan also runs on; it may be slower.</source>
            <translation>plan 还能在哪些 GPU 上运行；可能更慢。</translation>
        </message>
        <message>
            <source>The operating system that the plan is for.</source>
            <translation>plan 所面向的操作系统。</translation>
        </message>
        <message>
            <source>The runtime that the plan is for: standard, safety or DLA alone.</source>
            <translation>plan 所面向的运行时：标准、安全或仅 DLA。</translation>
        </message>
        <message>
            <source>How much the plan says of its layers; detailed is what layer tables need.</source>
            <translation>plan 对其层的说明程度；层表需要 detailed。</translation>
        </message>
        <message>
            <source>Where layers run: on the GPU or on a DLA.</source>
            <translation>层在哪里运行：GPU 或 DLA。</translation>
        </message>
        <message>
            <source>The number of the DLA core that runs the plan.</source>
            <translation>运行 plan 的 DLA 核心编号。</translation>
        </message>
        <message>
            <source>Switches for the compiler, as -name=value with blanks between.</source>
            <translation>编译器开关，写作 -name=value，以空格分隔。</translation>
        </message>
        <message>
            <source>The libraries that kernels may come from.</source>
            <translation>kernel 可以来自哪些库。</translation>
        </message>
        <message>
            <source>Features that will be on by default in a later version.</source>
            <translation>在以后的版本中将默认启用的功能。</translation>
        </message>
        <message>
            <source>How INT8 calibration goes about its work.</source>
            <translation>INT8 校准的进行方式。</translation>
        </message>
        <message>
            <source>The most scratch memory on the GPU that a layer may take.</source>
            <translation>一层最多可用的显存临时空间。</translation>
        </message>
        <message>
            <source>Fast memory within a DLA, a power of two.</source>
            <translation>DLA 内的高速内存，2 的幂。</translation>
        </message>
        <message>
            <source>Host memory for what a DLA's operations hand on, a power of two.</source>
            <translation>供 DLA 各操作之间传递数据的主机内存，2 的幂。</translation>
        </message>
        <message>
            <source>Host memory for a DLA's weights, a power of two.</source>
            <translation>供 DLA 权重使用的主机内存，2 的幂。</translation>
        </message>
        <message>
            <source>The most memory for trying kernels out during the build.</source>
            <translation>构建期间试验 kernel 最多可用的内存。</translation>
        </message>
        <message>
            <source>The most shared memory that a kernel may use, below 1 GiB.</source>
            <translation>kernel 最多可用的共享内存，小于 1 GiB。</translation>
        </message>
        <message>
            <source>The model has no input {name}; remove it, or use one of: {known}.</source>
            <translation>模型没有输入 {name}；请去掉它，或使用以下之一：{known}。</translation>
        </message>
        <message>
            <source>The model does not say the shape of {name}; export it with one, or give it a min, an opt and a max shape.</source>
            <translation>模型没有说明 {name} 的形状；请在导出时带上形状，或给出 min、opt 和 max 形状。</translation>
        </message>
        <message>
            <source>{name} is dynamic ({shape}); give it a min, an opt and a max shape.</source>
            <translation>{name} 是动态的 ({shape})；请给出 min、opt 和 max 形状。</translation>
        </message>
        <message>
            <source>{name} takes {rank} sizes ({shape}), and its {bound} shape has {shape_4:n}; give {rank}.</source>
            <translation>{name} 有 {rank} 个维度 ({shape})，而其 {bound} 形状有 {shape_4:n} 个；请给出 {rank} 个。</translation>
        </message>
        <message>
            <source>{name} is no shape tensor of fixed length; give it shapes, not values.</source>
            <translation>{name} 不是固定长度的形状张量；请给出形状而不是值。</translation>
        </message>
        <message>
            <source>{name} holds {count} values, and its {bound} has {given:n}; give {count}.</source>
            <translation>{name} 含 {count} 个值，而其 {bound} 有 {given:n} 个；请给出 {count} 个。</translation>
        </message>
        <message>
            <source>Value {value} of {name}</source>
            <translation>{name} 的第 {value} 个值</translation>
        </message>
        <message>
            <source>Axis {axis} of {name} is fixed at {fixed} in the model; make its {bound} {fixed}.</source>
            <translation>{name} 的轴 {axis} 在模型中固定为 {fixed}；请将其 {bound} 设为 {fixed}。</translation>
        </message>
        <message>
            <source>Axis {axis} of {name} has the {bound} {size}; sizes start at 1.</source>
            <translation>{name} 的轴 {axis} 的 {bound} 为 {size}；尺寸至少为 1。</translation>
        </message>
        <message>
            <source>Axis {value} of {name}</source>
            <translation>{name} 的轴 {value}</translation>
        </message>
        <message>
            <source>{where} has a min of {low} above its opt of {best}; make min &lt;= opt &lt;= max.</source>
            <translation>{where}的 min {low} 大于 opt {best}；请满足 min &lt;= opt &lt;= max。</translation>
        </message>
        <message>
            <source>{where} has an opt of {best} above its max of {high}; make min &lt;= opt &lt;= max.</source>
            <translation>{where}的 opt {best} 大于 max {high}；请满足 min &lt;= opt &lt;= max。</translation>
        </message>
        <message>
            <source>Axis {axis} of {name} and {where} are both called {dim}, so their {bound} must be the same, not {size} and {first}; make both {first}, or declare another shape of {name}.</source>
            <translation>{name} 的轴 {axis} 与 {where} 都名为 {dim}，因此其 {bound} 必须相同，不能是 {size} 和 {first}；请都设为 {first}，或为 {name} 声明其他形状。</translation>
        </message>
        <message>
            <source>Write NAME=MIN,OPT,MAX, for example images=1x3x224x224,4x3x224x224,8x3x224x224; or NAME=@MIN,OPT,MAX with the values of a shape tensor, as size=@64x64,128x128,256x256.</source>
            <translation>请写作 NAME=MIN,OPT,MAX，例如 images=1x3x224x224,4x3x224x224,8x3x224x224；形状张量的值写作 NAME=@MIN,OPT,MAX，如 size=@64x64,128x128,256x256。</translation>
        </message>
        <message>
            <source>{text} is no profile of an input.</source>
            <translation>{text} 不是输入的优化配置。</translation>
        </message>
        <message>
            <source>{name} has two ranges.</source>
            <translation>{name} 有两个范围。</translation>
        </message>
        <message>
            <source>Give each input one.</source>
            <translation>每个输入只给一个范围。</translation>
        </message>
        <message>
            <source>{part} in {text} is no shape.</source>
            <translation>{text} 中的 {part} 不是形状。</translation>
        </message>
        <message>
            <source>The kept profiles cannot be read.</source>
            <translation>无法读取保存的优化配置文件。</translation>
        </message>
        <message>
            <source>Delete them, and keep the profiles again.</source>
            <translation>请删除它们，再重新保存优化配置文件。</translation>
        </message>
        <message>
            <source>{name} is no shared library of 64 bits.</source>
            <translation>{name} 不是 64 位共享库。</translation>
        </message>
        <message>
            <source>Choose a .so file on Linux, a .dll file on Windows.</source>
            <translation>Linux 上请选择 .so 文件，Windows 上请选择 .dll 文件。</translation>
        </message>
        <message>
            <source>BF16 came with Ampere (sm_80)</source>
            <translation>BF16 自 Ampere (sm_80) 起支持</translation>
        </message>
        <message>
            <source>FP8 came with Ada (sm_89)</source>
            <translation>FP8 自 Ada (sm_89) 起支持</translation>
        </message>
        <message>
            <source>FP4 came with Blackwell (sm_100)</source>
            <translation>FP4 自 Blackwell (sm_100) 起支持</translation>
        </message>
        <message>
            <source>This build is not for {target}: {reason}.</source>
            <translation>此构建不能面向 {target}：{reason}。</translation>
        </message>
        <message>
            <source>Take {target} out of the targets, or choose another precision, such as fp16.</source>
            <translation>请从目标中去掉 {target}，或选择其他精度，例如 fp16。</translation>
        </message>
        <message>
            <source>Take {target} out of the targets, or choose another precision.</source>
            <translation>请从目标中去掉 {target}，或选择其他精度。</translation>
        </message>
        <message>
            <source>{label} multiplies no FP32 matrices on Turing (sm_75)</source>
            <translation>{label} 在 Turing (sm_75) 上不支持 FP32 矩阵乘法</translation>
        </message>
        <message>
            <source>{label} cannot build quantized convolutions; 1.7 can</source>
            <translation>{label} 无法构建量化卷积；1.7 可以</translation>
        </message>
        <message>
            <source>{label} computes no convolutions in INT8 on Turing (sm_75)</source>
            <translation>{label} 在 Turing (sm_75) 上不以 INT8 计算卷积</translation>
        </message>
        <message>
            <source>Open an ONNX model or a TensorRT plan first, then drop the picture on it.</source>
            <translation>请先打开 ONNX 模型或 TensorRT plan，再把图片拖到上面。</translation>
        </message>
        <message>
            <source>Export it to ONNX where it was made, and open the .onnx file.</source>
            <translation>请在原框架中导出为 ONNX，然后打开 .onnx 文件。</translation>
        </message>
        <message>
            <source>Unpack it and open the .onnx file or the plan inside.</source>
            <translation>请解压后打开其中的 .onnx 文件或 plan。</translation>
        </message>
        <message>
            <source>Open an ONNX model (.onnx) or a TensorRT plan (.plan, .engine, .trt).</source>
            <translation>请打开 ONNX 模型 (.onnx) 或 TensorRT plan (.plan、.engine、.trt)。</translation>
        </message>
        <message>
            <source>Run 'git lfs pull' in the folder that it came from, then open it again.</source>
            <translation>请在其来源文件夹中运行 'git lfs pull'，再重新打开。</translation>
        </message>
        <message>
            <source>a PNG picture</source>
            <translation>PNG 图片</translation>
        </message>
        <message>
            <source>a JPEG picture</source>
            <translation>JPEG 图片</translation>
        </message>
        <message>
            <source>a BMP picture</source>
            <translation>BMP 图片</translation>
        </message>
        <message>
            <source>a GIF picture</source>
            <translation>GIF 图片</translation>
        </message>
        <message>
            <source>a WebP picture</source>
            <translation>WebP 图片</translation>
        </message>
        <message>
            <source>a TIFF picture</source>
            <translation>TIFF 图片</translation>
        </message>
        <message>
            <source>a Git LFS pointer, which stands for the file itself</source>
            <translation>Git LFS 指针，只是实际文件的占位</translation>
        </message>
        <message>
            <source>a ZIP archive (a PyTorch checkpoint or NumPy arrays, perhaps)</source>
            <translation>ZIP 压缩包（可能是 PyTorch checkpoint 或 NumPy 数组）</translation>
        </message>
        <message>
            <source>a gzip archive</source>
            <translation>gzip 压缩包</translation>
        </message>
        <message>
            <source>a 7-Zip archive</source>
            <translation>7-Zip 压缩包</translation>
        </message>
        <message>
            <source>a PDF document</source>
            <translation>PDF 文档</translation>
        </message>
        <message>
            <source>a program or a shared library</source>
            <translation>程序或共享库</translation>
        </message>
        <message>
            <source>an HDF5 file (a Keras model, perhaps)</source>
            <translation>HDF5 文件（可能是 Keras 模型）</translation>
        </message>
        <message>
            <source>a GGUF model</source>
            <translation>GGUF 模型</translation>
        </message>
        <message>
            <source>a NumPy array</source>
            <translation>NumPy 数组</translation>
        </message>
        <message>
            <source>Open a model first, then drop the array on it.</source>
            <translation>请先打开模型，再把数组拖到上面。</translation>
        </message>
        <message>
            <source>a TensorFlow Lite model</source>
            <translation>TensorFlow Lite 模型</translation>
        </message>
        <message>
            <source>a model in ONNX Runtime's own format</source>
            <translation>ONNX Runtime 自有格式的模型</translation>
        </message>
        <message>
            <source>a safetensors file, which holds weights without a graph</source>
            <translation>safetensors 文件，只有权重而没有图</translation>
        </message>
        <message>
            <source>{name} is empty.</source>
            <translation>{name} 是空文件。</translation>
        </message>
        <message>
            <source>The download or export that made it did not finish; make it again.</source>
            <translation>生成它的下载或导出没有完成，请重做一次。</translation>
        </message>
        <message>
            <source>{name} is {what}, not a model.</source>
            <translation>{name} 是{what}，不是模型。</translation>
        </message>
        <message>
            <source>{name} is a web page, not a model.</source>
            <translation>{name} 是网页，不是模型。</translation>
        </message>
        <message>
            <source>The server answered with a page instead of the file; download the file itself.</source>
            <translation>服务器返回的是网页而不是文件，请下载文件本身。</translation>
        </message>
        <message>
            <source>{name} is a text file, not a model.</source>
            <translation>{name} 是文本文件，不是模型。</translation>
        </message>
        <message>
            <source>{name} is neither an ONNX model nor a TensorRT plan.</source>
            <translation>{name} 既不是 ONNX 模型，也不是 TensorRT plan。</translation>
        </message>
        <message>
            <source>This is a fault in TRT Studio; please report it with the details.</source>
            <translation>这是 TRT Studio 的错误；请附上详细信息反馈。</translation>
        </message>
        <message>
            <source>{name} cannot be written to {parent}: {reason}.</source>
            <translation>无法将 {name} 写入 {parent}：{reason}。</translation>
        </message>
        <message>
            <source>{said} has a name that is no text, which TensorRT and ONNX Runtime cannot open.</source>
            <translation>{said} 的名称不是有效文本，TensorRT 和 ONNX Runtime 无法打开。</translation>
        </message>
        <message>
            <source>Rename the file, or the folder that it is in.</source>
            <translation>请重命名该文件或其所在的文件夹。</translation>
        </message>
        <message>
            <source>{address} is not on this machine, and TRT Studio fetches nothing from the network.</source>
            <translation>{address} 不在本机上，TRT Studio 不会从网络下载任何内容。</translation>
        </message>
        <message>
            <source>Download it, and give the file instead.</source>
            <translation>请下载后给出文件。</translation>
        </message>
        <message>
            <source>{path} cannot be read.</source>
            <translation>无法读取 {path}。</translation>
        </message>
        <message>
            <source>Check that its drive is connected.</source>
            <translation>请检查其所在的驱动器是否已连接。</translation>
        </message>
        <message>
            <source>{path} is a folder.</source>
            <translation>{path} 是文件夹。</translation>
        </message>
        <message>
            <source>Name a file in it.</source>
            <translation>请指定其中的文件名。</translation>
        </message>
        <message>
            <source>{name} is no ordinary file.</source>
            <translation>{name} 不是普通文件。</translation>
        </message>
        <message>
            <source>Copy it to a file first.</source>
            <translation>请先复制成文件。</translation>
        </message>
        <message>
            <source>{path} does not exist.</source>
            <translation>{path} 不存在。</translation>
        </message>
        <message>
            <source>Check the path; was the file moved?</source>
            <translation>请检查路径；文件是否被移动过？</translation>
        </message>
        <message>
            <source>{path} may not be read.</source>
            <translation>没有读取 {path} 的权限。</translation>
        </message>
        <message>
            <source>Change its permissions, or copy it.</source>
            <translation>请更改其权限，或复制一份。</translation>
        </message>
        <message>
            <source>{path} is a link that leads back to itself.</source>
            <translation>{path} 是一个指向自身的链接。</translation>
        </message>
        <message>
            <source>Put the file in its place.</source>
            <translation>请用文件本身替换它。</translation>
        </message>
        <message>
            <source>{path} is longer than a name can be.</source>
            <translation>{path} 超过了名称允许的长度。</translation>
        </message>
        <message>
            <source>Check the path.</source>
            <translation>请检查路径。</translation>
        </message>
        <message>
            <source>the disk is full</source>
            <translation>磁盘已满</translation>
        </message>
        <message>
            <source>Make space there, or choose a folder on another disk.</source>
            <translation>请在该处腾出空间，或选择其他磁盘上的文件夹。</translation>
        </message>
        <message>
            <source>the name is too long</source>
            <translation>名称太长</translation>
        </message>
        <message>
            <source>Choose a shorter one.</source>
            <translation>请换一个较短的名称。</translation>
        </message>
        <message>
            <source>there is no such folder</source>
            <translation>没有这个文件夹</translation>
        </message>
        <message>
            <source>Make the folder first, or choose another.</source>
            <translation>请先创建该文件夹，或另选一个。</translation>
        </message>
        <message>
            <source>writing there is not allowed</source>
            <translation>没有写入权限</translation>
        </message>
        <message>
            <source>Choose a folder that you may write to.</source>
            <translation>请选择有写入权限的文件夹。</translation>
        </message>
        <message>
            <source>Choose another folder, on another disk perhaps.</source>
            <translation>请另选一个文件夹，或许换一个磁盘。</translation>
        </message>
        <message>
            <source>FP32 in {found} among others of less precision</source>
            <translation>{found}为 FP32，而其余层精度更低</translation>
        </message>
        <message>
            <source>{count:n} layer</source>
            <translation>{count:n} 层</translation>
        </message>
        <message>
            <source>{count:n} layers</source>
            <translation>{count:n} 层</translation>
        </message>
        <message>
            <source>They are slower, and take twice the bytes or more; only those that need the range or the accuracy should stay as they are.</source>
            <translation>这些层更慢，占用至少两倍字节；只有需要其范围或精度的层才应保持 FP32。</translation>
        </message>
        <message>
            <source>The engine keeps only the names of its layers</source>
            <translation>引擎只保留了层的名称</translation>
        </message>
        <message>
            <source>Types, tensors and the ONNX nodes behind them are kept where an engine is built with the profiling verbosity DETAILED, which costs nothing at run time.</source>
            <translation>以 DETAILED profiling verbosity 构建的引擎会保留类型、张量及对应的 ONNX 节点，不增加运行时开销。</translation>
        </message>
        <message>
            <source>{found} just to move, reshape or convert data</source>
            <translation>{found}只用于搬移、变形或转换数据</translation>
        </message>
        <message>
            <source>{count:n} kernel</source>
            <translation>{count:n} 个 kernel</translation>
        </message>
        <message>
            <source>{count:n} kernels</source>
            <translation>{count:n} 个 kernel</translation>
        </message>
        <message>
            <source>Each costs a pass over memory and computes nothing; other types or formats of the inputs, the outputs or the layers around them may spare it.</source>
            <translation>每个都要遍历一次显存而不做计算；改变输入、输出或相邻层的类型或格式，可能会省去它。</translation>
        </message>
        <message>
            <source>{found} just to quantize or dequantize</source>
            <translation>{found}只用于量化或反量化</translation>
        </message>
        <message>
            <source>Where such a step is not fused into the layer beside it, its tensor crosses memory once more at full width, which may cost more than INT8 saves.</source>
            <translation>这样的步骤若未融合进相邻的层，其张量就要以全宽度多经过一次显存，代价可能超过 INT8 的收益。</translation>
        </message>
        <message>
            <source>{found} computed in floating point</source>
            <translation>{found}以浮点计算</translation>
        </message>
        <message>
            <source>{count:n} quantized layer</source>
            <translation>{count:n} 个量化层</translation>
        </message>
        <message>
            <source>{count:n} quantized layers</source>
            <translation>{count:n} 个量化层</translation>
        </message>
        <message>
            <source>TensorRT had no kernel in the quantized type for them on this GPU, so they lose accuracy to rounding and gain no speed.</source>
            <translation>TensorRT 在此 GPU 上没有适合它们的量化 kernel，因此既因舍入损失精度，又不会加速。</translation>
        </message>
        <message>
            <source>{found} that no node reads</source>
            <translation>{found}没有任何节点读取</translation>
        </message>
        <message>
            <source>{count:n} weight</source>
            <translation>{count:n} 个权重</translation>
        </message>
        <message>
            <source>{count:n} weights</source>
            <translation>{count:n} 个权重</translation>
        </message>
        <message>
            <source>They only make the file larger, and may be what is left of nodes that an export lost.</source>
            <translation>它们只会增大文件，也可能是导出时丢失的节点所留下的。</translation>
        </message>
        <message>
            <source>{count:n} input</source>
            <translation>{count:n} 个输入</translation>
        </message>
        <message>
            <source>{count:n} inputs</source>
            <translation>{count:n} 个输入</translation>
        </message>
        <message>
            <source>What is fed there changes nothing in any output; the export may have lost what depended on it.</source>
            <translation>向其输入任何内容都不影响输出；依赖它的部分可能在导出时丢失了。</translation>
        </message>
        <message>
            <source>{found} that nothing computes</source>
            <translation>{found}没有任何节点计算</translation>
        </message>
        <message>
            <source>{count:n} tensor</source>
            <translation>{count:n} 个张量</translation>
        </message>
        <message>
            <source>{count:n} tensors</source>
            <translation>{count:n} 个张量</translation>
        </message>
        <message>
            <source>A node or an output needs what the file does not tell how to make, so the model cannot run.</source>
            <translation>某个节点或输出需要的内容，文件没有说明如何得到，因此模型无法运行。</translation>
        </message>
        <message>
            <source>{found} that no output depends on</source>
            <translation>{found}不影响任何输出</translation>
        </message>
        <message>
            <source>{count:n} node</source>
            <translation>{count:n} 个节点</translation>
        </message>
        <message>
            <source>{count:n} nodes</source>
            <translation>{count:n} 个节点</translation>
        </message>
        <message>
            <source>TensorRT leaves them out; where that is no intention, an output is missing.</source>
            <translation>TensorRT 会将其去掉；若并非有意如此，则缺少一个输出。</translation>
        </message>
        <message>
            <source>{found} in a cycle</source>
            <translation>{found}构成环</translation>
        </message>
        <message>
            <source>Each waits for what the others put out, so the model cannot run.</source>
            <translation>它们互相等待对方的输出，因此模型无法运行。</translation>
        </message>
        <message>
            <source>Without a network no engine can be built.</source>
            <translation>没有网络就无法构建引擎。</translation>
        </message>
        <message>
            <source>Weights are missing: {missing}</source>
            <translation>缺少权重：{missing}</translation>
        </message>
        <message>
            <source>The model can be looked at, but neither built nor run without its files beside it.</source>
            <translation>可以查看模型，但没有同目录下的这些文件就无法构建和运行。</translation>
        </message>
        <message>
            <source>Dynamic dimensions without a name in {found}</source>
            <translation>{found}含有未命名的动态维度</translation>
        </message>
        <message>
            <source>Names tell TensorRT which dimensions are always equal, and let a profile state each size once.</source>
            <translation>名称告诉 TensorRT 哪些维度始终相等，优化配置文件中每个尺寸也只需写一次。</translation>
        </message>
        <message>
            <source>{count} dimensions are called {name}</source>
            <translation>{count} 个维度都名为 {name}</translation>
        </message>
        <message>
            <source>TensorRT takes dimensions with the same name as equal, so a height and a width called alike can only be built as a square.</source>
            <translation>TensorRT 认为同名维度相等，因此高和宽同名时只能构建成正方形。</translation>
        </message>
        <message>
            <source>INT64 in {found}</source>
            <translation>{found}为 INT64</translation>
        </message>
        <message>
            <source>INT32 is enough for token ids and indices, takes half the bytes to copy, and is what TensorRT before version 10 makes of INT64.</source>
            <translation>INT32 足以表示 token id 和索引，拷贝字节减半；TensorRT 10 之前的版本也会把 INT64 转成 INT32。</translation>
        </message>
        <message>
            <source>FP64 in {found}</source>
            <translation>{found}为 FP64</translation>
        </message>
        <message>
            <source>TensorRT does not compute in FP64 and takes such values as FP32.</source>
            <translation>TensorRT 不以 FP64 计算，会将其当作 FP32。</translation>
        </message>
        <message>
            <source>{found} listed as inputs</source>
            <translation>{found}被列为输入</translation>
        </message>
        <message>
            <source>Files of before IR version 4 had to; a runtime must then expect other values to be fed in their place, and cannot fold them.</source>
            <translation>IR 版本 4 之前的文件必须如此；运行时因而要考虑会有其他值输入，无法对它们做常量折叠。</translation>
        </message>
        <message>
            <source>{found} of more than a megabyte</source>
            <translation>{found}超过 1 MB</translation>
        </message>
        <message>
            <source>{count:n} Constant</source>
            <translation>{count:n} 个 Constant</translation>
        </message>
        <message>
            <source>{count:n} Constants</source>
            <translation>{count:n} 个 Constant</translation>
        </message>
        <message>
            <source>Values in a node are loaded with the graph and count towards protobuf's limit of 2 GB; those of an initializer can be in a file of their own.</source>
            <translation>节点中的值随图一起加载，并计入 protobuf 的 2 GB 上限；initializer 的值可以放在单独的文件中。</translation>
        </message>
        <message>
            <source>Opset {version}</source>
            <translation>Opset {version}</translation>
        </message>
        <message>
            <source>TensorRT's parser is documented for opsets {oldest_opset} to {newest_opset}; it takes others without a word and may misread operators that changed.</source>
            <translation>TensorRT 解析器的文档只说明了 opset {oldest_opset} 至 {newest_opset}；其他版本会被默默接受，但有改动的算子可能解析错误。</translation>
        </message>
        <message>
            <source>{found} in training mode</source>
            <translation>{found}处于训练模式</translation>
        </message>
        <message>
            <source>{count:n} BatchNormalization</source>
            <translation>{count:n} 个 BatchNormalization</translation>
        </message>
        <message>
            <source>{count:n} BatchNormalizations</source>
            <translation>{count:n} 个 BatchNormalization</translation>
        </message>
        <message>
            <source>It normalizes by the statistics of each batch instead of those learned, so that an answer depends on what else is in the batch; export in evaluation mode.</source>
            <translation>它按每个批次的统计量而非学到的统计量归一化，结果会受同批次其他样本影响；请在评估模式下导出。</translation>
        </message>
        <message>
            <source>{found} that share their names with others</source>
            <translation>{found}与其他节点重名</translation>
        </message>
        <message>
            <source>Messages, engines and profiles name nodes, and with such a name cannot tell which one they mean.</source>
            <translation>消息、引擎和性能剖析都用名称指代节点，重名时无法区分。</translation>
        </message>
        <message>
            <source>{spoiled} with NaN</source>
            <translation>{spoiled}含 NaN</translation>
        </message>
        <message>
            <source>Whatever is computed from them is NaN too: the training or the export went wrong.</source>
            <translation>由它们计算出的结果也是 NaN：训练或导出出了问题。</translation>
        </message>
        <message>
            <source>{beyond} beyond the range of FP16</source>
            <translation>{beyond}超出 FP16 范围</translation>
        </message>
        <message>
            <source>A conversion to FP16 cuts them to 65504; BF16 and FP32 hold them.</source>
            <translation>转换为 FP16 时会被截断到 65504；BF16 和 FP32 可以表示。</translation>
        </message>
        <message>
            <source>{unread} that cannot be read</source>
            <translation>{unread}无法读取</translation>
        </message>
        <message>
            <source>{path} holds no array called "{name}".</source>
            <translation>{path} 中没有名为“{name}”的数组。</translation>
        </message>
        <message>
            <source>It has: {names}.</source>
            <translation>其中有：{names}。</translation>
        </message>
        <message>
            <source>The array for "{name}" has {shape:n} dimensions instead of {shape_2:n}: [{shape_3}] was given, [{shape_4}] is wanted.</source>
            <translation>“{name}”的数组有 {shape:n} 个维度，应为 {shape_2:n} 个：给出的是 [{shape_3}]，需要 [{shape_4}]。</translation>
        </message>
        <message>
            <source>The array for "{name}" has the wrong size: [{shape}] was given, [{shape_2}] is wanted.</source>
            <translation>“{name}”的数组尺寸不对：给出的是 [{shape}]，需要 [{shape_2}]。</translation>
        </message>
        <message>
            <source>Give an array of that shape; ? or a name stands for a size that is free.</source>
            <translation>请给出该形状的数组；? 或名称表示可自由取值的尺寸。</translation>
        </message>
        <message>
            <source>The array for "{name}" is {dtype}, {dtype_2} is wanted, and converting it would change its values.</source>
            <translation>“{name}”的数组为 {dtype}，需要 {dtype_2}，而转换会改变其值。</translation>
        </message>
        <message>
            <source>Convert it knowingly: array.astype("{dtype}").</source>
            <translation>请自行明确转换：array.astype("{dtype}")。</translation>
        </message>
        <message>
            <source>Write the bytes of array.astype(ml_dtypes.{dtype}) with tofile, and give that file.</source>
            <translation>请用 tofile 写出 array.astype(ml_dtypes.{dtype}) 的字节，并提供该文件。</translation>
        </message>
        <message>
            <source>The array for "{name}" is converted from {dtype} to {dtype_2}.</source>
            <translation>“{name}”的数组由 {dtype} 转换为 {dtype_2}。</translation>
        </message>
        <message>
            <source>The array for "{name}" has {nans:n} NaN among its {size:n} values.</source>
            <translation>“{name}”的数组的 {size:n} 个值中有 {nans:n} 个 NaN。</translation>
        </message>
        <message>
            <source>The array for "{name}" is infinite at {infinite:n} of {size:n} places.</source>
            <translation>“{name}”的数组的 {size:n} 个值中有 {infinite:n} 个为无穷大。</translation>
        </message>
        <message>
            <source>The list of runtimes in {path} cannot be read.</source>
            <translation>无法读取 {path} 中的运行时列表。</translation>
        </message>
        <message>
            <source>Delete that file and add the runtimes again.</source>
            <translation>请删除该文件，再重新添加运行时。</translation>
        </message>
        <message>
            <source>There is no Python interpreter at {path}.</source>
            <translation>{path} 处没有 Python 解释器。</translation>
        </message>
        <message>
            <source>Give the folder of a virtual environment, or its python itself.</source>
            <translation>请给出虚拟环境的文件夹，或其中的 python。</translation>
        </message>
        <message>
            <source>{warmup_ms:n} ms warm-up</source>
            <translation>预热 {warmup_ms:n} ms</translation>
        </message>
        <message>
            <source>{duration_s:n} s duration</source>
            <translation>时长 {duration_s:n} s</translation>
        </message>
        <message>
            <source>{count:n} iteration</source>
            <translation>{count:n} 次迭代</translation>
        </message>
        <message>
            <source>{count:n} iterations</source>
            <translation>{count:n} 次迭代</translation>
        </message>
        <message>
            <source>power cap</source>
            <translation>功耗上限</translation>
        </message>
        <message>
            <source>too hot</source>
            <translation>温度过高</translation>
        </message>
        <message>
            <source>hardware slowdown</source>
            <translation>硬件降频</translation>
        </message>
        <message>
            <source>power brake</source>
            <translation>功率制动</translation>
        </message>
        <message>
            <source>Throughput</source>
            <translation>吞吐量</translation>
        </message>
        <message>
            <source>Items</source>
            <translation>样本吞吐量</translation>
        </message>
        <message>
            <source>Latency median</source>
            <translation>延迟中位数</translation>
        </message>
        <message>
            <source>Latency mean</source>
            <translation>延迟均值</translation>
        </message>
        <message>
            <source>Latency p90</source>
            <translation>延迟 p90</translation>
        </message>
        <message>
            <source>Latency p95</source>
            <translation>延迟 p95</translation>
        </message>
        <message>
            <source>Latency p99</source>
            <translation>延迟 p99</translation>
        </message>
        <message>
            <source>Latency max</source>
            <translation>延迟最大值</translation>
        </message>
        <message>
            <source>Compute median</source>
            <translation>计算中位数</translation>
        </message>
        <message>
            <source>Copy in median</source>
            <translation>H2D 中位数</translation>
        </message>
        <message>
            <source>Copy out median</source>
            <translation>D2H 中位数</translation>
        </message>
        <message>
            <source>Enqueue median</source>
            <translation>Enqueue 中位数</translation>
        </message>
        <message>
            <source>Host median</source>
            <translation>主机中位数</translation>
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
            <source>Host</source>
            <translation>主机</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <source>Median</source>
            <translation>中位数</translation>
        </message>
        <message>
            <source>Per second</source>
            <translation>每秒次数</translation>
        </message>
        <message>
            <source>Latency (ms)</source>
            <translation>延迟 (ms)</translation>
        </message>
        <message>
            <source>Compute (ms)</source>
            <translation>计算 (ms)</translation>
        </message>
        <message>
            <source>Enqueue (ms)</source>
            <translation>Enqueue (ms)</translation>
        </message>
        <message>
            <source>Problem</source>
            <translation>问题</translation>
        </message>
        <message>
            <source>Measured at</source>
            <translation>测量时间</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Runtime</source>
            <translation>运行时</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>Driver</source>
            <translation>驱动程序</translation>
        </message>
        <message>
            <source>System</source>
            <translation>系统</translation>
        </message>
        <message>
            <source>Method</source>
            <translation>方法</translation>
        </message>
        <message>
            <source>Part of</source>
            <translation>所属组</translation>
        </message>
        <message>
            <source>Shows</source>
            <translation>说明</translation>
        </message>
        <message>
            <source>Shapes</source>
            <translation>形状</translation>
        </message>
        <message>
            <source>Loading</source>
            <translation>加载</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Warm-up</source>
            <translation>预热</translation>
        </message>
        <message>
            <source>Inferences</source>
            <translation>推理次数</translation>
        </message>
        <message>
            <source>Duration</source>
            <translation>时长</translation>
        </message>
        <message>
            <source>Each point</source>
            <translation>每个点</translation>
        </message>
        <message>
            <source>Clocks</source>
            <translation>时钟</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>备注</translation>
        </message>
        <message>
            <source>{throughput_qps:n} per second together, {factor:n} times one alone.</source>
            <translation>同时运行合计每秒 {throughput_qps:n} 次，是单个 GPU 的 {factor:n} 倍。</translation>
        </message>
        <message>
            <source>It was stopped before all GPUs had been measured together.</source>
            <translation>在所有 GPU 一起测量完之前已停止。</translation>
        </message>
        <message>
            <source>GPU {first} alone</source>
            <translation>仅 GPU {first}</translation>
        </message>
        <message>
            <source>GPU {device}, {count} at once</source>
            <translation>GPU {device}，{count} 个同时</translation>
        </message>
        <message>
            <source>SM clock</source>
            <translation>SM 时钟</translation>
        </message>
        <message>
            <source>memory clock</source>
            <translation>显存时钟</translation>
        </message>
        <message>
            <source>temperature</source>
            <translation>温度</translation>
        </message>
        <message>
            <source>power</source>
            <translation>功耗</translation>
        </message>
        <message>
            <source>{why} in {share} of the readings</source>
            <translation>{share} 的读数中有 {why}</translation>
        </message>
        <message>
            <source>CSV has the same columns in every row: it takes benchmarks, or one sweep.</source>
            <translation>CSV 每行的列都相同：只能是多个基准测试，或一次扫描。</translation>
        </message>
        <message>
            <source>Choose those alone, or export JSON.</source>
            <translation>请只选择这些，或导出 JSON。</translation>
        </message>
        <message>
            <source>studio with {what}</source>
            <translation>studio，{what}</translation>
        </message>
        <message>
            <source>trtexec-10 with {what}</source>
            <translation>trtexec-10，{what}</translation>
        </message>
        <message>
            <source>trtexec-11 with {what}</source>
            <translation>trtexec-11，{what}</translation>
        </message>
        <message>
            <source>transfers</source>
            <translation>传输</translation>
        </message>
        <message>
            <source>no transfers</source>
            <translation>无传输</translation>
        </message>
        <message>
            <source>overlap</source>
            <translation>重叠</translation>
        </message>
        <message>
            <source>no overlap</source>
            <translation>无重叠</translation>
        </message>
        <message>
            <source>CUDA graph</source>
            <translation>CUDA Graph</translation>
        </message>
        <message>
            <source>no CUDA graph</source>
            <translation>无 CUDA Graph</translation>
        </message>
        <message>
            <source>spin wait</source>
            <translation>自旋等待</translation>
        </message>
        <message>
            <source>blocking wait</source>
            <translation>阻塞等待</translation>
        </message>
        <message>
            <source>page-locked memory</source>
            <translation>页锁定内存</translation>
        </message>
        <message>
            <source>pageable memory</source>
            <translation>可分页内存</translation>
        </message>
        <message>
            <source>{value:n} stream</source>
            <translation>{value:n} 个流</translation>
        </message>
        <message>
            <source>{value:n} streams</source>
            <translation>{value:n} 个流</translation>
        </message>
        <message>
            <source>Benchmarks of {names}</source>
            <translation>{names} 的基准测试</translation>
        </message>
        <message>
            <source>Written {when}</source>
            <translation>生成于 {when}</translation>
        </message>
        <message>
            <source>Written by TRT Studio {version}. Times in ms.</source>
            <translation>由 TRT Studio {version} 生成。时间单位为 ms。</translation>
        </message>
        <message>
            <source>Figures</source>
            <translation>数据</translation>
        </message>
        <message>
            <source>Ratios are to {name}.</source>
            <translation>比值以 {name} 为基准。</translation>
        </message>
        <message>
            <source>How it was measured</source>
            <translation>测量方式</translation>
        </message>
        <message>
            <source>The GPU meanwhile</source>
            <translation>测量期间的 GPU</translation>
        </message>
        <message>
            <source>Latency over time</source>
            <translation>延迟随时间的变化</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>秒</translation>
        </message>
        <message>
            <source>Shares of the inferences</source>
            <translation>推理的累计占比</translation>
        </message>
        <message>
            <source>Up to (%)</source>
            <translation>累计 (%)</translation>
        </message>
        <message>
            <source>Distribution</source>
            <translation>分布</translation>
        </message>
        <message>
            <source>Inferences (%)</source>
            <translation>推理 (%)</translation>
        </message>
        <message>
            <source>Memory clock</source>
            <translation>显存时钟</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>温度</translation>
        </message>
        <message>
            <source>Power</source>
            <translation>功耗</translation>
        </message>
        <message>
            <source>Sweep of {file} over {axes}</source>
            <translation>{file} 对 {axes} 的扫描</translation>
        </message>
        <message>
            <source>Stopped after {done} of {all} points.</source>
            <translation>在 {all} 个点中测完 {done} 个后停止。</translation>
        </message>
        <message>
            <source>Median latency</source>
            <translation>延迟中位数</translation>
        </message>
        <message>
            <source>inferences per second</source>
            <translation>每秒推理次数</translation>
        </message>
        <message>
            <source>{name} holds no sweep that can be gone on with.</source>
            <translation>{name} 中没有可以继续的扫描。</translation>
        </message>
        <message>
            <source>Name another file.</source>
            <translation>请指定其他文件。</translation>
        </message>
        <message>
            <source>{name} holds a sweep of another model, on another runtime or GPU, or with other settings.</source>
            <translation>{name} 中的扫描属于其他模型、其他运行时或 GPU，或使用了其他设置。</translation>
        </message>
        <message>
            <source>Name another file, or measure the same model with the settings that it was begun with.</source>
            <translation>请指定其他文件，或用开始时的设置测量同一模型。</translation>
        </message>
        <message>
            <source>Its ONNX graph has neither nodes nor outputs.</source>
            <translation>其 ONNX 图既没有节点也没有输出。</translation>
        </message>
        <message>
            <source>{name} keeps weights in {missing}, which is missing or too short.</source>
            <translation>{name} 的权重保存在 {missing} 中，而该文件缺失或过短。</translation>
        </message>
        <message>
            <source>Put it beside the model, in {parent}.</source>
            <translation>请将它放在模型旁边：{parent}。</translation>
        </message>
        <message>
            <source>Copy or download it again, or repeat the export that wrote it.</source>
            <translation>请重新复制或下载，或重新导出。</translation>
        </message>
        <message>
            <source>{name} is a TensorRT plan, not an ONNX model.</source>
            <translation>{name} 是 TensorRT plan，不是 ONNX 模型。</translation>
        </message>
        <message>
            <source>Open the ONNX model that it was built from.</source>
            <translation>请打开构建它所用的 ONNX 模型。</translation>
        </message>
        <message>
            <source>{name} is a damaged ONNX model.</source>
            <translation>{name} 是已损坏的 ONNX 模型。</translation>
        </message>
        <message>
            <source>It is a protobuf message without an ONNX graph.</source>
            <translation>它是不含 ONNX 图的 protobuf 消息。</translation>
        </message>
        <message>
            <source>is a damaged ONNX model</source>
            <translation>是已损坏的 ONNX 模型</translation>
        </message>
        <message>
            <source>is cut off: it holds {size:n} bytes and needs at least {needed:n}</source>
            <translation>不完整：现有 {size:n} 字节，至少需要 {needed:n} 字节</translation>
        </message>
        <message>
            <source>{name} is cut off: it holds {size:n} bytes and needs at least {needed:n}.</source>
            <translation>{name} 不完整：现有 {size:n} 字节，至少需要 {needed:n} 字节。</translation>
        </message>
        <message>
            <source>{name} is too large to infer its shapes here.</source>
            <translation>{name} 过大，无法在此推断其形状。</translation>
        </message>
        <message>
            <source>Infer them once with onnx.shape_inference and save the model with them.</source>
            <translation>请用 onnx.shape_inference 推断一次，并随模型一起保存。</translation>
        </message>
        <message>
            <source>onnx cannot infer the shapes of {name}.</source>
            <translation>onnx 无法推断 {name} 的形状。</translation>
        </message>
        <message>
            <source>Check the model with onnx.checker, or export it again.</source>
            <translation>请用 onnx.checker 检查模型，或重新导出。</translation>
        </message>
        <message>
            <source>{name} keeps weights in {location}, which is outside its own folder.</source>
            <translation>{name} 的权重保存在 {location}，位于其自身文件夹之外。</translation>
        </message>
        <message>
            <source>Such a model is not opened; export it again with its weights beside it.</source>
            <translation>不会打开这样的模型；请重新导出，并将权重放在模型旁边。</translation>
        </message>
        <message>
            <source>The weight {name} holds complex numbers, which have no order.</source>
            <translation>权重 {name} 是复数，无法排序。</translation>
        </message>
        <message>
            <source>Its values can be looked at in the table.</source>
            <translation>可以在表格中查看其值。</translation>
        </message>
        <message>
            <source>{name} has changed since it was opened.</source>
            <translation>{name} 在打开后有改动。</translation>
        </message>
        <message>
            <source>Open it again.</source>
            <translation>请重新打开。</translation>
        </message>
        <message>
            <source>The weight {name} holds text, which has no values to show.</source>
            <translation>权重 {name} 是文本，没有数值可以显示。</translation>
        </message>
        <message>
            <source>Read it in Python with onnx.numpy_helper.to_array.</source>
            <translation>请在 Python 中用 onnx.numpy_helper.to_array 读取。</translation>
        </message>
        <message>
            <source>The weight {name} has an unknown dtype.</source>
            <translation>权重 {name} 的数据类型未知。</translation>
        </message>
        <message>
            <source>The weight {name} has an unknown dtype, {dtype}.</source>
            <translation>权重 {name} 的数据类型未知：{dtype}。</translation>
        </message>
        <message>
            <source>A newer TRT Studio, or a newer ml_dtypes beside it, may know it.</source>
            <translation>更新版本的 TRT Studio 或 ml_dtypes 可能认识它。</translation>
        </message>
        <message>
            <source>{name} keeps the weight {name_1} in {location}, which cannot be read.</source>
            <translation>{name} 的权重 {name_1} 保存在 {location} 中，而该文件无法读取。</translation>
        </message>
        <message>
            <source>Put that file beside the model, in {parent}.</source>
            <translation>请将该文件放在模型旁边：{parent}。</translation>
        </message>
        <message>
            <source>The weight {name} has fewer values than its shape asks for: {shape}.</source>
            <translation>权重 {name} 的数值个数少于其形状所需：{shape}。</translation>
        </message>
        <message>
            <source>Copy or download the model again, or repeat the export that wrote it.</source>
            <translation>请重新复制或下载模型，或重新导出。</translation>
        </message>
        <message>
            <source>The file became shorter while it was read.</source>
            <translation>文件在读取过程中变短了。</translation>
        </message>
        <message>
            <source>Wait until whatever writes it has finished, then open it again.</source>
            <translation>请等写入它的程序结束，再重新打开。</translation>
        </message>
        <message>
            <source>Another build is writing {name} right now.</source>
            <translation>另一个构建正在写入 {name}。</translation>
        </message>
        <message>
            <source>Wait until it has ended, or choose another file.</source>
            <translation>请等待其结束，或选择其他文件。</translation>
        </message>
        <message>
            <source>TensorRT's description of the engine has a form that is not known here.</source>
            <translation>TensorRT 对引擎的描述采用了未知的格式。</translation>
        </message>
        <message>
            <source>The engine itself is not affected; please report this with its Details.</source>
            <translation>引擎本身不受影响；请附上详细信息反馈。</translation>
        </message>
        <message>
            <source>Copy it again from where it was built, or build it again from its ONNX model.</source>
            <translation>请从构建它的地方重新复制，或用其 ONNX 模型重新构建。</translation>
        </message>
        <message>
            <source>{name} is no TensorRT plan.</source>
            <translation>{name} 不是 TensorRT plan。</translation>
        </message>
        <message>
            <source>Open a .plan or .engine file.</source>
            <translation>请打开 .plan 或 .engine 文件。</translation>
        </message>
        <message>
            <source>{name} is a TensorRT plan with a damaged header.</source>
            <translation>{name} 是文件头已损坏的 TensorRT plan。</translation>
        </message>
        <message>
            <source>This plan is cut off: it holds {actual_bytes:n} of its {stated_bytes:n} bytes.</source>
            <translation>此 plan 不完整：应有 {stated_bytes:n} 字节，现有 {actual_bytes:n} 字节。</translation>
        </message>
        <message>
            <source>This plan needs {label} exactly, and here is {label_1}.</source>
            <translation>此 plan 必须使用 {label}，而本机是 {label_1}。</translation>
        </message>
        <message>
            <source>This plan needs {label} exactly, and no TensorRT is installed here.</source>
            <translation>此 plan 必须使用 {label}，而本机未安装 TensorRT。</translation>
        </message>
        <message>
            <source>This plan needs {label}, and here is {label_1}.</source>
            <translation>此 plan 需要 {label}，而本机是 {label_1}。</translation>
        </message>
        <message>
            <source>This plan needs {label}, and no TensorRT is installed here.</source>
            <translation>此 plan 需要 {label}，而本机未安装 TensorRT。</translation>
        </message>
        <message>
            <source>Run 'pip install {package}=={version}', or build the plan again here from its ONNX model.</source>
            <translation>请运行 'pip install {package}=={version}'，或在本机用其 ONNX 模型重新构建 plan。</translation>
        </message>
        <message>
            <source>Build the plan again here from its ONNX model.</source>
            <translation>请在本机用其 ONNX 模型重新构建 plan。</translation>
        </message>
        <message>
            <source>A plan runs on an NVIDIA GPU, and none was found here.</source>
            <translation>plan 需要在 NVIDIA GPU 上运行，而本机没有找到。</translation>
        </message>
        <message>
            <source>Check the driver with 'nvidia-smi', or run the ONNX model on the CPU instead.</source>
            <translation>请用 'nvidia-smi' 检查驱动程序，或改在 CPU 上运行 ONNX 模型。</translation>
        </message>
        <message>
            <source>This plan was built for {targets}, and {name} is {sm}.</source>
            <translation>此 plan 为 {targets} 构建，而 {name} 是 {sm}。</translation>
        </message>
        <message>
            <source>Build the plan again from its ONNX model with {sm} among its targets.</source>
            <translation>请用其 ONNX 模型重新构建 plan，目标中加入 {sm}。</translation>
        </message>
        <message>
            <source>{name}, the record of the build of {name_1}, cannot be read.</source>
            <translation>无法读取 {name_1} 的构建记录 {name}。</translation>
        </message>
        <message>
            <source>Delete it, or build the plan again to have a new one.</source>
            <translation>请删除它，或重新构建 plan 以得到新的记录。</translation>
        </message>
        <message>
            <source>{name} has changed since it was built.</source>
            <translation>{name} 自构建后有改动。</translation>
        </message>
        <message>
            <source>Copy it again from where it was built, or build it again; or delete {name} where you replaced the plan on purpose.</source>
            <translation>请从构建它的地方重新复制，或重新构建；若是有意替换了 plan，请删除 {name}。</translation>
        </message>
        <message>
            <source>No layer of the engine computes in {upper}: it is {found}.</source>
            <translation>引擎中没有以 {upper} 计算的层：实际为 {found}。</translation>
        </message>
        <message>
            <source>[{shape}] and [{shape_1}] cannot be compared.</source>
            <translation>[{shape}] 与 [{shape_1}] 无法比较。</translation>
        </message>
        <message>
            <source>Compare tensors of the same shape.</source>
            <translation>请比较形状相同的张量。</translation>
        </message>
        <message>
            <source>Reading the model</source>
            <translation>正在读取模型</translation>
        </message>
        <message>
            <source>Writing the plan</source>
            <translation>正在写入 plan</translation>
        </message>
        <message>
            <source>The plan is good, but there is no record of its build: {message}</source>
            <translation>plan 可用，但没有构建记录：{message}</translation>
        </message>
        <message>
            <source>weakly typed networks</source>
            <translation>弱类型网络</translation>
        </message>
        <message>
            <source>Leave precisions to the model's own types.</source>
            <translation>请使用模型自身的类型作为精度。</translation>
        </message>
        <message>
            <source>a timing cache</source>
            <translation>timing cache</translation>
        </message>
        <message>
            <source>Leave the timing cache out; builds are quick without.</source>
            <translation>请不要使用 timing cache；没有它构建也很快。</translation>
        </message>
        <message>
            <source>Leave the plugins out, or build with TensorRT.</source>
            <translation>请不要使用插件，或改用 TensorRT 构建。</translation>
        </message>
        <message>
            <source>debug tensors</source>
            <translation>调试张量</translation>
        </message>
        <message>
            <source>Mark the tensors as outputs instead.</source>
            <translation>请改为将这些张量标记为输出。</translation>
        </message>
        <message>
            <source>unfused debug tensors</source>
            <translation>未融合的调试张量</translation>
        </message>
        <message>
            <source>Name the debug tensors instead.</source>
            <translation>请改为指定调试张量的名称。</translation>
        </message>
        <message>
            <source>single refittable weights</source>
            <translation>单独指定可 refit 的权重</translation>
        </message>
        <message>
            <source>Set the flag REFIT, for all weights.</source>
            <translation>请设置标志 REFIT，对所有权重生效。</translation>
        </message>
        <message>
            <source>a choice of devices for layers</source>
            <translation>为层选择设备</translation>
        </message>
        <message>
            <source>Leave the devices of layers out.</source>
            <translation>请不要指定层的设备。</translation>
        </message>
        <message>
            <source>precision</source>
            <translation>精度</translation>
        </message>
        <message>
            <source>flag</source>
            <translation>标志</translation>
        </message>
        <message>
            <source>The plan would overwrite the model {name}.</source>
            <translation>plan 会覆盖模型 {name}。</translation>
        </message>
        <message>
            <source>Choose another plan file.</source>
            <translation>请选择其他 plan 文件。</translation>
        </message>
        <message>
            <source>{label} has no {what} {name}.</source>
            <translation>{label} 没有{what} {name}。</translation>
        </message>
        <message>
            <source>Did you mean {close}?</source>
            <translation>是否指 {close}？</translation>
        </message>
        <message>
            <source>It knows {names}.</source>
            <translation>可用的有 {names}。</translation>
        </message>
        <message>
            <source>It knows none.</source>
            <translation>没有可用的。</translation>
        </message>
        <message>
            <source>option</source>
            <translation>选项</translation>
        </message>
        <message>
            <source>{name} called</source>
            <translation>{name} 的取值</translation>
        </message>
        <message>
            <source>{name} cannot be {value}.</source>
            <translation>{name} 不能为 {value}。</translation>
        </message>
        <message>
            <source>Give a name.</source>
            <translation>请给出名称。</translation>
        </message>
        <message>
            <source>Give a number.</source>
            <translation>请给出数值。</translation>
        </message>
        <message>
            <source>Give a list of names.</source>
            <translation>请给出名称列表。</translation>
        </message>
        <message>
            <source>Choose {low} to {high}.</source>
            <translation>请选择 {low} 至 {high}。</translation>
        </message>
        <message>
            <source>Choose {low} or more.</source>
            <translation>请选择 {low} 或以上。</translation>
        </message>
        <message>
            <source>{label} does not have {what}.</source>
            <translation>{label} 不支持{what}。</translation>
        </message>
        <message>
            <source>parser flag</source>
            <translation>解析器标志</translation>
        </message>
        <message>
            <source>precision flag</source>
            <translation>精度标志</translation>
        </message>
        <message>
            <source>data type</source>
            <translation>数据类型</translation>
        </message>
        <message>
            <source>A converted model is strongly typed, and this build is to choose precisions itself.</source>
            <translation>转换后的模型是强类型的，而此构建要自行选择精度。</translation>
        </message>
        <message>
            <source>Keep the model's precision, or leave weak typing out.</source>
            <translation>请保持模型的精度，或不使用弱类型。</translation>
        </message>
        <message>
            <source>Precisions of layers are given, and nothing says that they count.</source>
            <translation>给出了层的精度，但没有说明是否生效。</translation>
        </message>
        <message>
            <source>Choose whether TensorRT shall prefer or obey them.</source>
            <translation>请选择 TensorRT 对其应优先考虑还是必须遵守。</translation>
        </message>
        <message>
            <source>{label} builds only for the GPU of this machine.</source>
            <translation>{label} 只能为本机的 GPU 构建。</translation>
        </message>
        <message>
            <source>Leave the targets out, or build with TensorRT-RTX.</source>
            <translation>请不要指定目标，或改用 TensorRT-RTX 构建。</translation>
        </message>
        <message>
            <source>target</source>
            <translation>目标</translation>
        </message>
        <message>
            <source>A target is named twice.</source>
            <translation>有目标重复。</translation>
        </message>
        <message>
            <source>Name every target once.</source>
            <translation>每个目标只写一次。</translation>
        </message>
        <message>
            <source>The shape {shape} does not fit an input {name} of the model.</source>
            <translation>形状 {shape} 与模型的输入 {name} 不符。</translation>
        </message>
        <message>
            <source>Its inputs are {value}.</source>
            <translation>其输入为 {value}。</translation>
        </message>
        <message>
            <source>The model takes inputs of different sizes and the build has no profile: {listed}.</source>
            <translation>模型接受不同尺寸的输入，但构建没有优化配置文件：{listed}。</translation>
        </message>
        <message>
            <source>Add a profile with the smallest, the usual and the largest shape of each.</source>
            <translation>请添加优化配置文件，给出每个输入的最小、常用和最大形状。</translation>
        </message>
        <message>
            <source>Profile {number} does not fit the model. {message}</source>
            <translation>优化配置文件 {number} 与模型不符。{message}</translation>
        </message>
        <message>
            <source>Correct the profile and build again.</source>
            <translation>请改正优化配置文件后重新构建。</translation>
        </message>
        <message>
            <source>TensorRT refuses the target {target} beside {targets}.</source>
            <translation>TensorRT 不接受目标 {target} 与 {targets} 同时使用。</translation>
        </message>
        <message>
            <source>Build for the current GPU alone, or only for named ones.</source>
            <translation>请只为当前 GPU 构建，或只为指定的 GPU 构建。</translation>
        </message>
        <message>
            <source>TensorRT refuses the flag {name}.</source>
            <translation>TensorRT 不接受标志 {name}。</translation>
        </message>
        <message>
            <source>It may need another flag first, or another TensorRT; see the details.</source>
            <translation>它可能需要先设置其他标志，或需要其他版本的 TensorRT；见详细信息。</translation>
        </message>
        <message>
            <source>See the details for TensorRT's own words, or leave the option as it is.</source>
            <translation>TensorRT 的原文见详细信息；也可以不改动此选项。</translation>
        </message>
        <message>
            <source>Choose a size that is not above the memory of the GPU; of a DLA, a power of two.</source>
            <translation>请选择不超过显存的大小；DLA 的须为 2 的幂。</translation>
        </message>
        <message>
            <source>TensorRT refuses {name} = {words}.</source>
            <translation>TensorRT 不接受 {name} = {words}。</translation>
        </message>
        <message>
            <source>TensorRT refuses the profile of {ranges}.</source>
            <translation>TensorRT 不接受 {ranges} 的优化配置文件。</translation>
        </message>
        <message>
            <source>Every size must satisfy minimum &lt;= optimum &lt;= maximum.</source>
            <translation>每个尺寸都必须满足 min &lt;= opt &lt;= max。</translation>
        </message>
        <message>
            <source>TensorRT refuses these values of {name} in a profile.</source>
            <translation>TensorRT 不接受优化配置文件中 {name} 的这些值。</translation>
        </message>
        <message>
            <source>Give as many values as the input holds, with min &lt;= opt &lt;= max.</source>
            <translation>请给出与该输入所含数量相同的值，且 min &lt;= opt &lt;= max。</translation>
        </message>
        <message>
            <source>The {bound} sizes of a profile break the model: TensorRT builds a plan all the same, which fails when it runs with them.</source>
            <translation>某个优化配置文件的 {bound} 尺寸与模型不符：TensorRT 仍会构建 plan，但以这些尺寸运行时会失败。</translation>
        </message>
        <message>
            <source>TensorRT did not list the layers of this engine.</source>
            <translation>TensorRT 没有列出此引擎的层。</translation>
        </message>
        <message>
            <source>This TensorRT has no calibration by {method}.</source>
            <translation>此 TensorRT 没有 {method} 校准。</translation>
        </message>
        <message>
            <source>Choose {value}, or a strongly typed INT8 build.</source>
            <translation>请选择 {value}，或使用强类型的 INT8 构建。</translation>
        </message>
        <message>
            <source>Calibrating</source>
            <translation>正在校准</translation>
        </message>
        <message>
            <source>The model has dynamic inputs, and no profile says which sizes they take.</source>
            <translation>模型有动态输入，而没有优化配置文件说明其尺寸。</translation>
        </message>
        <message>
            <source>Add a profile with the smallest, the usual and the largest shape of every such input.</source>
            <translation>请添加优化配置文件，给出每个动态输入的最小、常用和最大形状。</translation>
        </message>
        <message>
            <source>The profile gives different sizes to dimensions that have the same name{name}.</source>
            <translation>优化配置文件对同名的维度给出了不同的尺寸{name}。</translation>
        </message>
        <message>
            <source>Give them the same size in the profile, or export the model with different names.</source>
            <translation>请在优化配置文件中给出相同的尺寸，或以不同的名称导出模型。</translation>
        </message>
        <message>
            <source>A shape of the profile does not fit inside the network{name}.</source>
            <translation>优化配置文件中的某个形状与网络内部不符{name}。</translation>
        </message>
        <message>
            <source>Choose sizes that the model can divide: multiples of 32 fit most picture models.</source>
            <translation>请选择模型能整除的尺寸：多数图像模型适用 32 的倍数。</translation>
        </message>
        <message>
            <source>A shape of the profile has the wrong number of dimensions{name}.</source>
            <translation>优化配置文件中某个形状的维度数不对{name}。</translation>
        </message>
        <message>
            <source>Write one size for every dimension of the input, the batch included.</source>
            <translation>请为输入的每个维度各写一个尺寸，包括批次。</translation>
        </message>
        <message>
            <source>Turing GPUs (sm_75) cannot multiply matrices in FP32 with this TensorRT.</source>
            <translation>Turing GPU (sm_75) 无法用此 TensorRT 做 FP32 矩阵乘法。</translation>
        </message>
        <message>
            <source>Build with precision fp16, or take sm_75 out of the targets.</source>
            <translation>请以精度 fp16 构建，或从目标中去掉 sm_75。</translation>
        </message>
        <message>
            <source>TensorRT met something in this model that it does not foresee: an assertion of its own failed.</source>
            <translation>TensorRT 在此模型中遇到了未预料的情况：其自身的断言失败。</translation>
        </message>
        <message>
            <source>Run the model with ONNX Runtime, build with another TensorRT, or export the model without If and Loop.</source>
            <translation>请用 ONNX Runtime 运行模型，换用其他 TensorRT 构建，或导出不含 If 和 Loop 的模型。</translation>
        </message>
        <message>
            <source>One of the target GPUs does not know a data type of this model.</source>
            <translation>某个目标 GPU 不支持此模型的某种数据类型。</translation>
        </message>
        <message>
            <source>Take the oldest target out, or convert the model to fp16.</source>
            <translation>请去掉最旧的目标，或将模型转换为 fp16。</translation>
        </message>
        <message>
            <source>This TensorRT cannot build version-compatible plans: its lean runtime is not installed.</source>
            <translation>此 TensorRT 无法构建版本兼容的 plan：没有安装其 lean runtime。</translation>
        </message>
        <message>
            <source>Leave out the flag VERSION_COMPATIBLE.</source>
            <translation>请不要使用标志 VERSION_COMPATIBLE。</translation>
        </message>
        <message>
            <source>There was not enough memory for the build.</source>
            <translation>内存不足，无法构建。</translation>
        </message>
        <message>
            <source>Close other programs that use the GPU, or allow a smaller workspace or smaller shapes.</source>
            <translation>请关闭其他使用 GPU 的程序，或使用更小的工作空间或形状。</translation>
        </message>
        <message>
            <source>This build needs an NVIDIA GPU and its driver, and there is none here.</source>
            <translation>此构建需要 NVIDIA GPU 及其驱动程序，而本机没有。</translation>
        </message>
        <message>
            <source>Choose the target GPUs by name, such as sm_86, instead of the current one.</source>
            <translation>请按名称选择目标 GPU，例如 sm_86，而不是当前 GPU。</translation>
        </message>
        <message>
            <source>This TensorRT builds this model only where there is an NVIDIA GPU with its driver.</source>
            <translation>此版本的 TensorRT 只能在装有 NVIDIA GPU 及其驱动的机器上构建此模型。</translation>
        </message>
        <message>
            <source>Build it there, or with TensorRT-RTX 1.5 or later.</source>
            <translation>请在那样的机器上构建，或使用 TensorRT-RTX 1.5 或更高版本。</translation>
        </message>
        <message>
            <source>TensorRT gave no reason.</source>
            <translation>TensorRT 没有给出原因。</translation>
        </message>
        <message>
            <source>{runtime} could not build with {given}.</source>
            <translation>{runtime} 无法以 {given} 构建。</translation>
        </message>
        <message>
            <source>Leave that out, or build on a machine with the GPU that the plan is for.</source>
            <translation>请不要使用它，或在装有 plan 所面向的 GPU 的机器上构建。</translation>
        </message>
        <message>
            <source>{runtime} could not build this model.</source>
            <translation>{runtime} 无法构建此模型。</translation>
        </message>
        <message>
            <source>Try another precision, or run the model with ONNX Runtime; the details hold TensorRT's own words.</source>
            <translation>请尝试其他精度，或用 ONNX Runtime 运行模型；TensorRT 的原文见详细信息。</translation>
        </message>
        <message>
            <source>Converting the model to {upper}</source>
            <translation>正在将模型转换为 {upper}</translation>
        </message>
        <message>
            <source>Parsing the model</source>
            <translation>正在解析模型</translation>
        </message>
        <message>
            <source>Building the engine</source>
            <translation>正在构建引擎</translation>
        </message>
        <message>
            <source>The plan is good, but the timing cache was not kept: {message}</source>
            <translation>plan 可用，但 timing cache 没有保存：{message}</translation>
        </message>
        <message>
            <source>{name} as a debug tensor</source>
            <translation>将 {name} 作为调试张量</translation>
        </message>
        <message>
            <source>unfused tensors as debug tensors</source>
            <translation>将未融合的张量作为调试张量</translation>
        </message>
        <message>
            <source>The values of {name} decide about shapes, and no profile gives them.</source>
            <translation>{name} 的值决定形状，而没有优化配置文件给出这些值。</translation>
        </message>
        <message>
            <source>Give every profile the smallest, the usual and the largest values: {name}=@MIN,OPT,MAX on the command line.</source>
            <translation>请为每个优化配置文件给出最小、常用和最大的值；命令行中写作 {name}=@MIN,OPT,MAX。</translation>
        </message>
        <message>
            <source>TensorRT cannot replace the weights {pattern} later.</source>
            <translation>TensorRT 以后无法替换权重 {pattern}。</translation>
        </message>
        <message>
            <source>What it works out while it parses, as shapes, is no weight any more: name the weights of convolutions and products.</source>
            <translation>TensorRT 解析时算出的内容（如形状）已不再是权重：请指定卷积和乘积的权重。</translation>
        </message>
        <message>
            <source>A DLA cannot run {unable} and {more} more.</source>
            <translation>DLA 无法运行 {unable} 以及另外 {more} 层。</translation>
        </message>
        <message>
            <source>A DLA cannot run {unable}.</source>
            <translation>DLA 无法运行 {unable}。</translation>
        </message>
        <message>
            <source>Leave them to the GPU, or set the flag GPU_FALLBACK.</source>
            <translation>请将这些层留给 GPU，或设置标志 GPU_FALLBACK。</translation>
        </message>
        <message>
            <source>{name} as an output</source>
            <translation>将 {name} 作为输出</translation>
        </message>
        <message>
            <source>No output is left in the network.</source>
            <translation>网络中没有剩下任何输出。</translation>
        </message>
        <message>
            <source>Keep one of its outputs, or mark another tensor as one.</source>
            <translation>请保留一个输出，或将其他张量标记为输出。</translation>
        </message>
        <message>
            <source>The network has no {what} {pattern}.</source>
            <translation>网络没有{what} {pattern}。</translation>
        </message>
        <message>
            <source>The network view lists the names.</source>
            <translation>网络视图列出了名称。</translation>
        </message>
        <message>
            <source>TensorRT refuses {what}.</source>
            <translation>TensorRT 不接受{what}。</translation>
        </message>
        <message>
            <source>The tensor may hold a shape, or be an output already; see the details.</source>
            <translation>该张量可能存放形状，或已是输出；见详细信息。</translation>
        </message>
        <message>
            <source>{module} could not start.</source>
            <translation>{module} 无法启动。</translation>
        </message>
        <message>
            <source>It needs an NVIDIA GPU and its driver. TensorRT-RTX builds without a GPU: pip install "trtstudio[rtx]"</source>
            <translation>它需要 NVIDIA GPU 及其驱动程序。TensorRT-RTX 无需 GPU 即可构建：pip install "trtstudio[rtx]"</translation>
        </message>
        <message>
            <source>{runtime} does not support operator {unsupported}.</source>
            <translation>{runtime} 不支持算子 {unsupported}。</translation>
        </message>
        <message>
            <source>Replace these nodes in the model, or run it with ONNX Runtime.</source>
            <translation>请替换模型中的这些节点，或用 ONNX Runtime 运行。</translation>
        </message>
        <message>
            <source>{runtime} cannot parse the model: {place}{reason}.</source>
            <translation>{runtime} 无法解析模型：{place}{reason}。</translation>
        </message>
        <message>
            <source>{runtime} cannot parse the model.</source>
            <translation>{runtime} 无法解析模型。</translation>
        </message>
        <message>
            <source>Correct that in the model and export it again, or run it with ONNX Runtime.</source>
            <translation>请在模型中改正并重新导出，或用 ONNX Runtime 运行。</translation>
        </message>
        <message>
            <source>{named}; and {more} more operators</source>
            <translation>{named}；以及另外 {more} 个算子</translation>
        </message>
        <message>
            <source>{named}; and {more} more operator</source>
            <translation>{named}；以及另外 {more} 个算子</translation>
        </message>
        <message>
            <source>{name} (nodes {named} and {more} more)</source>
            <translation>{name}（节点 {named} 以及另外 {more} 个）</translation>
        </message>
        <message>
            <source>{name} (nodes {named})</source>
            <translation>{name}（节点 {named}）</translation>
        </message>
        <message>
            <source>{name} (node {named} and {more} more)</source>
            <translation>{name}（节点 {named} 以及另外 {more} 个）</translation>
        </message>
        <message>
            <source>{name} (node {named})</source>
            <translation>{name}（节点 {named}）</translation>
        </message>
        <message>
            <source>{name} holds no ONNX model.</source>
            <translation>{name} 中没有 ONNX 模型。</translation>
        </message>
        <message>
            <source>Choose an .onnx file that was exported from a trained network.</source>
            <translation>请选择由训练好的网络导出的 .onnx 文件。</translation>
        </message>
        <message>
            <source>{name} is no plugin library of TensorRT: it has no {creators} and registers no plugin.</source>
            <translation>{name} 不是 TensorRT 插件库：其中没有 {creators}，也没有注册插件。</translation>
        </message>
        <message>
            <source>Choose the library that the plugin's own build makes.</source>
            <translation>请选择插件自身构建生成的库。</translation>
        </message>
        <message>
            <source>Nobody has agreed to load {names}.</source>
            <translation>尚未同意加载 {names}。</translation>
        </message>
        <message>
            <source>A plugin library runs as a program of yours. Agree to it if you know who made it; on the command line with --trust-plugins.</source>
            <translation>插件库会以你的程序的身份运行。若知道其来源，请同意加载；命令行中使用 --trust-plugins。</translation>
        </message>
        <message>
            <source>The plugin library {name} cannot be loaded.</source>
            <translation>无法加载插件库 {name}。</translation>
        </message>
        <message>
            <source>It may need another TensorRT, or another library that is not here.</source>
            <translation>它可能需要其他版本的 TensorRT，或本机没有的其他库。</translation>
        </message>
        <message>
            <source>The build was stopped.</source>
            <translation>构建已停止。</translation>
        </message>
        <message>
            <source>{name} cannot be read as an ONNX model.</source>
            <translation>{name} 无法作为 ONNX 模型读取。</translation>
        </message>
        <message>
            <source>The model has no input {name} of {shape:n} sizes.</source>
            <translation>模型没有 {shape:n} 个维度的输入 {name}。</translation>
        </message>
        <message>
            <source>Name one of its inputs, with as many sizes as it has.</source>
            <translation>请指定其某个输入，维度数与之相同。</translation>
        </message>
        <message>
            <source>The {bound} sizes of profile {number} break the model at node {node}.</source>
            <translation>优化配置文件 {number} 的 {bound} 尺寸在节点 {node} 处与模型不符。</translation>
        </message>
        <message>
            <source>The {bound} sizes of profile {number} break the model at node ?.</source>
            <translation>优化配置文件 {number} 的 {bound} 尺寸在某个节点处与模型不符。</translation>
        </message>
        <message>
            <source>Give axis {axis} of {input} the size {size}: it fits.</source>
            <translation>请将 {input} 的轴 {axis} 设为 {size}：此尺寸可行。</translation>
        </message>
        <message>
            <source>Give axis {axis} of {input} a multiple of {step}.</source>
            <translation>请将 {input} 的轴 {axis} 设为 {step} 的倍数。</translation>
        </message>
        <message>
            <source>{name} is no timing cache that this TensorRT can read.</source>
            <translation>{name} 不是此 TensorRT 能读取的 timing cache。</translation>
        </message>
        <message>
            <source>Delete it and build again, or choose the cache of this TensorRT version.</source>
            <translation>请删除它并重新构建，或选择此 TensorRT 版本的缓存。</translation>
        </message>
        <message>
            <source>{name} was measured on another GPU or with another TensorRT.</source>
            <translation>{name} 是在其他 GPU 上或用其他版本的 TensorRT 测得的。</translation>
        </message>
        <message>
            <source>Use a cache for each GPU and version, or allow a cache that does not match.</source>
            <translation>请为每种 GPU 和版本使用各自的缓存，或允许不匹配的缓存。</translation>
        </message>
        <message>
            <source>Comparing the models</source>
            <translation>正在比较模型</translation>
        </message>
        <message>
            <source>ONNX Runtime has no BF16 for a CPU: build an engine of this model, and compare its outputs on a GPU.</source>
            <translation>ONNX Runtime 在 CPU 上不支持 BF16：请用此模型构建引擎，在 GPU 上比较其输出。</translation>
        </message>
        <message>
            <source>The model is quantized already: it was taken as it is, and nothing was measured. With fp16 all of it that is not INT8 becomes FP16.</source>
            <translation>模型已经量化：按原样使用，没有进行测量。选择 fp16 时，其中所有非 INT8 的部分变为 FP16。</translation>
        </message>
        <message>
            <source>Converting the model to INT8</source>
            <translation>正在将模型转换为 INT8</translation>
        </message>
        <message>
            <source>Writing the converted model</source>
            <translation>正在写入转换后的模型</translation>
        </message>
        <message>
            <source>{name} is in FP16 or BF16 already, and INT8 is made of FP32.</source>
            <translation>{name} 已是 FP16 或 BF16，而 INT8 须由 FP32 得到。</translation>
        </message>
        <message>
            <source>Convert the model that it was made from; with base fp16 the rest becomes FP16.</source>
            <translation>请转换它的原始模型；以 fp16 为基础时，其余部分会成为 FP16。</translation>
        </message>
        <message>
            <source>INT8 needs samples to measure ranges on.</source>
            <translation>INT8 需要样本来测量范围。</translation>
        </message>
        <message>
            <source>Name a folder with some hundred typical pictures, or .npy or .npz files.</source>
            <translation>请指定一个文件夹，含有几百张典型图片，或 .npy、.npz 文件。</translation>
        </message>
        <message>
            <source>The INT8 ranges are those in {cache}, measured on {folder}.</source>
            <translation>INT8 范围取自 {cache}，在 {folder} 上测得。</translation>
        </message>
        <message>
            <source>The INT8 ranges are those in {cache}, measured on {folder}. Delete that file to measure again.</source>
            <translation>INT8 范围取自 {cache}，在 {folder} 上测得。删除该文件即可重新测量。</translation>
        </message>
        <message>
            <source>A model cannot be converted to {precision}.</source>
            <translation>模型无法转换为 {precision}。</translation>
        </message>
        <message>
            <source>Choose one of {precisions}.</source>
            <translation>请选择以下之一：{precisions}。</translation>
        </message>
        <message>
            <source>Checking the weights</source>
            <translation>正在检查权重</translation>
        </message>
        <message>
            <source>Nothing in {name} is FP32, so nothing of it was converted.</source>
            <translation>{name} 中没有 FP32，因此没有任何转换。</translation>
        </message>
        <message>
            <source>{name} has weights with NaN: {spoiled}.</source>
            <translation>{name} 的权重含有 NaN：{spoiled}。</translation>
        </message>
        <message>
            <source>Export the model again from a checkpoint that was trained without them.</source>
            <translation>请用没有 NaN 的 checkpoint 重新导出模型。</translation>
        </message>
        <message>
            <source>FP16 cannot hold all weights of {names}: they were cut to ±65504.</source>
            <translation>FP16 无法表示 {names} 的全部权重：已截断到 ±65504。</translation>
        </message>
        <message>
            <source>{name} has weights with NaN, and so will be what comes of them: {spoiled}.</source>
            <translation>{name} 的权重含有 NaN，由其得出的结果也将是 NaN：{spoiled}。</translation>
        </message>
        <message>
            <source>{names} and {more} more</source>
            <translation>{names} 以及另外 {more} 个</translation>
        </message>
        <message>
            <source>Nothing in this model can be INT8: no convolution or product with constant weights is left to quantize.</source>
            <translation>此模型没有可以转为 INT8 的部分：没有权重为常量的卷积或乘积可供量化。</translation>
        </message>
        <message>
            <source>Let layers of fewer than {int8_from} weights be INT8, or choose fp16.</source>
            <translation>请允许权重少于 {int8_from} 个的层转为 INT8，或选择 fp16。</translation>
        </message>
        <message>
            <source>Keep fewer nodes in FP32, or choose fp16.</source>
            <translation>请减少保留为 FP32 的节点，或选择 fp16。</translation>
        </message>
        <message>
            <source>The model is of opset {model}, needs opset {wanted} for this precision, and cannot be raised to it.</source>
            <translation>模型的 opset 为 {model}，此精度需要 opset {wanted}，且无法升级到该版本。</translation>
        </message>
        <message>
            <source>Export it again with opset {wanted}, or choose fp16.</source>
            <translation>请以 opset {wanted} 重新导出，或选择 fp16。</translation>
        </message>
        <message>
            <source>The model could not be converted.</source>
            <translation>无法转换模型。</translation>
        </message>
        <message>
            <source>Build it with precision keep, or export it in this precision from where it was trained.</source>
            <translation>请以精度 keep 构建，或在训练它的地方以此精度导出。</translation>
        </message>
        <message>
            <source>Make an environment for it: python -m venv modelopt, then modelopt/bin/pip install "nvidia-modelopt[onnx]", and name its Python.</source>
            <translation>请为它建立环境：python -m venv modelopt，再运行 modelopt/bin/pip install "nvidia-modelopt[onnx]"，并指定其中的 Python。</translation>
        </message>
        <message>
            <source>Model Optimizer calibrates by entropy or minmax.</source>
            <translation>Model Optimizer 以 entropy 或 minmax 校准。</translation>
        </message>
        <message>
            <source>Choose one of them, or convert with the built-in tool.</source>
            <translation>请选择其中之一，或用内置工具转换。</translation>
        </message>
        <message>
            <source>Name a folder.</source>
            <translation>请指定文件夹。</translation>
        </message>
        <message>
            <source>Reading the samples</source>
            <translation>正在读取样本</translation>
        </message>
        <message>
            <source>{command} cannot be started: Model Optimizer needs the Python of an environment that has it.</source>
            <translation>无法启动 {command}：Model Optimizer 需要安装了它的环境中的 Python。</translation>
        </message>
        <message>
            <source>No Python cannot be started: Model Optimizer needs the Python of an environment that has it.</source>
            <translation>没有指定 Python：Model Optimizer 需要安装了它的环境中的 Python。</translation>
        </message>
        <message>
            <source>Model Optimizer is converting the model</source>
            <translation>Model Optimizer 正在转换模型</translation>
        </message>
        <message>
            <source>{python} has no Model Optimizer.</source>
            <translation>{python} 没有安装 Model Optimizer。</translation>
        </message>
        <message>
            <source>Model Optimizer could not convert the model.</source>
            <translation>Model Optimizer 无法转换模型。</translation>
        </message>
        <message>
            <source>The details have its last words; the built-in tool may do it.</source>
            <translation>详细信息中有其最后的输出；内置工具或许可以转换。</translation>
        </message>
        <message>
            <source>Choosing INT8 ranges</source>
            <translation>正在选择 INT8 范围</translation>
        </message>
        <message>
            <source>{path} holds no calibration ranges.</source>
            <translation>{path} 中没有校准范围。</translation>
        </message>
        <message>
            <source>Name another file for the cache, or delete this one.</source>
            <translation>请为缓存指定其他文件，或删除此文件。</translation>
        </message>
        <message>
            <source>No node or operator is called {pattern}, which was to stay in FP32.</source>
            <translation>没有名为 {pattern} 的节点或算子可保留为 FP32。</translation>
        </message>
        <message>
            <source>The model has the operators {operators}.</source>
            <translation>模型的算子有 {operators}。</translation>
        </message>
        <message>
            <source>None of the files to calibrate or compare with could be used.</source>
            <translation>用于校准或比较的文件都无法使用。</translation>
        </message>
        <message>
            <source>Each must be a picture, or hold arrays of the model's own shapes; the details say what was wrong.</source>
            <translation>每个文件须为图片，或含有符合模型形状的数组；错误原因见详细信息。</translation>
        </message>
        <message>
            <source>{unread:n} of {files:n} files could not be used: {names}; and {more} more</source>
            <translation>{files:n} 个文件中有 {unread:n} 个无法使用：{names}；以及另外 {more} 个</translation>
        </message>
        <message>
            <source>{unread:n} of {files:n} files could not be used: {names}</source>
            <translation>{files:n} 个文件中有 {unread:n} 个无法使用：{names}</translation>
        </message>
        <message>
            <source>{folder} holds {found:n} pictures and {arrays:n} files of arrays.</source>
            <translation>{folder} 中有 {found:n} 张图片和 {arrays:n} 个数组文件。</translation>
        </message>
        <message>
            <source>Put either pictures or arrays into the folder, or name another.</source>
            <translation>文件夹中请只放图片或只放数组，或指定其他文件夹。</translation>
        </message>
        <message>
            <source>There are no pictures or .npy or .npz files in {folder}.</source>
            <translation>{folder} 中没有图片，也没有 .npy 或 .npz 文件。</translation>
        </message>
        <message>
            <source>There are no .npy or .npz files in {folder}.</source>
            <translation>{folder} 中没有 .npy 或 .npz 文件。</translation>
        </message>
        <message>
            <source>Name the folder that holds them itself; folders inside it are not searched.</source>
            <translation>请指定直接存放这些文件的文件夹；不搜索子文件夹。</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be read: {strerror}.</source>
            <translation>无法读取文件夹 {folder}：{strerror}。</translation>
        </message>
        <message>
            <source>Name a folder of pictures or of .npy or .npz files.</source>
            <translation>请指定存放图片或 .npy、.npz 文件的文件夹。</translation>
        </message>
        <message>
            <source>CUDA's Python package is not installed here.</source>
            <translation>未安装 CUDA 的 Python 包。</translation>
        </message>
        <message>
            <source>Install it: pip install "cuda-bindings&gt;=12.9.10,&lt;14".</source>
            <translation>请安装：pip install "cuda-bindings&gt;=12.9.10,&lt;14"。</translation>
        </message>
        <message>
            <source>A CUDA call failed. {name} ({code}): {decode}.</source>
            <translation>CUDA 调用失败。{name} ({code})：{decode}。</translation>
        </message>
        <message>
            <source>Load the model again; a failed GPU often works again in a new process.</source>
            <translation>请重新加载模型；出错的 GPU 在新进程中往往可以恢复。</translation>
        </message>
        <message>
            <source>This machine has no NVIDIA driver that is new enough for this program's CUDA.</source>
            <translation>本机的 NVIDIA 驱动程序对本程序的 CUDA 来说过旧，或未安装。</translation>
        </message>
        <message>
            <source>Install or update the NVIDIA driver, or run the ONNX model on ONNX Runtime.</source>
            <translation>请安装或更新 NVIDIA 驱动程序，或用 ONNX Runtime 运行 ONNX 模型。</translation>
        </message>
        <message>
            <source>The NVIDIA driver sees no GPU.</source>
            <translation>NVIDIA 驱动程序没有找到 GPU。</translation>
        </message>
        <message>
            <source>Check nvidia-smi and CUDA_VISIBLE_DEVICES, or run the ONNX model on ONNX Runtime.</source>
            <translation>请检查 nvidia-smi 和 CUDA_VISIBLE_DEVICES，或用 ONNX Runtime 运行 ONNX 模型。</translation>
        </message>
        <message>
            <source>The memory does not suffice, on the GPU or for page-locked buffers.</source>
            <translation>显存或页锁定内存不足。</translation>
        </message>
        <message>
            <source>Take smaller shapes, or end other programs that use the GPU.</source>
            <translation>请使用更小的形状，或结束其他使用 GPU 的程序。</translation>
        </message>
        <message>
            <source>The memory does not suffice on the GPU: {size_bytes} more were wanted, and {free_bytes} of {all_bytes} are free.</source>
            <translation>显存不足：还需要 {size_bytes}，而 {all_bytes} 中只剩 {free_bytes}。</translation>
        </message>
        <message>
            <source>Stopped early, after {seconds:n} s: the figures hold for what was measured until then.</source>
            <translation>在 {seconds:n} s 后提前停止：数据为截至当时的测量结果。</translation>
        </message>
        <message>
            <source>{runtime} cannot measure with {asked}; measured was: {done}.</source>
            <translation>{runtime} 无法以 {asked} 测量；实际测量的是：{done}。</translation>
        </message>
        <message>
            <source>{streams} streams cannot be measured.</source>
            <translation>无法测量 {streams} 个流。</translation>
        </message>
        <message>
            <source>Take 1 to {most_streams}.</source>
            <translation>请取 1 至 {most_streams}。</translation>
        </message>
        <message>
            <source>The model has no input called "{name}".</source>
            <translation>模型没有名为“{name}”的输入。</translation>
        </message>
        <message>
            <source>Its inputs are: {inputs}.</source>
            <translation>其输入有：{inputs}。</translation>
        </message>
        <message>
            <source>The shape for "{name}" has a negative size.</source>
            <translation>“{name}”的形状含有负值。</translation>
        </message>
        <message>
            <source>Give a size for every dimension.</source>
            <translation>请为每个维度给出尺寸。</translation>
        </message>
        <message>
            <source>The CPU is the limit: it takes {enqueue:n} ms to start an inference that the GPU computes in {gpu:n} ms. {remedy}</source>
            <translation>瓶颈在 CPU：启动一次推理需要 {enqueue:n} ms，而 GPU 计算只需 {gpu:n} ms。{remedy}</translation>
        </message>
        <message>
            <source>Copying {way} is the limit: {copy:n} ms for {gpu:n} ms of computing. Smaller dtypes for inputs and outputs help, and so does keeping data on the GPU.</source>
            <translation>瓶颈在{way}的拷贝：计算 {gpu:n} ms，拷贝 {copy:n} ms。输入输出使用更小的数据类型，或让数据留在 GPU 上，都有帮助。</translation>
        </message>
        <message>
            <source>Overlap is off: the copies take {share} of an inference, and nothing is computed meanwhile. With overlap up to {factor:n} times as many inferences are possible.</source>
            <translation>未启用重叠：拷贝占一次推理的 {share}，期间没有计算。启用重叠后，吞吐量最多可达 {factor:n} 倍。</translation>
        </message>
        <message>
            <source>The host's memory is pageable: every copy goes through the driver's own buffer, and the CPU waits for it. Page-locked memory avoids both.</source>
            <translation>主机内存是可分页的：每次拷贝都要经过驱动程序的缓冲区，CPU 也要等待。页锁定内存可以避免这两点。</translation>
        </message>
        <message>
            <source>With {streams} streams, an inference's times include waiting for the others: compare the throughput instead.</source>
            <translation>使用 {streams} 个流时，一次推理的时间包含等待其他流的时间：请改为比较吞吐量。</translation>
        </message>
        <message>
            <source>The times vary by {share}, so the averages are not stable. Other programs, or clocks that change, may be the reason; lock the clocks or measure longer.</source>
            <translation>时间波动达 {share}，平均值不稳定。可能的原因是其他程序或时钟变化；请锁定时钟或延长测量。</translation>
        </message>
        <message>
            <source>The GPU computed for {first:n} ms in the first quarter of the time and for {last:n} ms in the last: it was not warm yet, or better kernels came. Warm up longer.</source>
            <translation>GPU 计算时间在前四分之一为 {first:n} ms，在最后四分之一为 {last:n} ms：当时尚未预热，或换用了更好的 kernel。请延长预热。</translation>
        </message>
        <message>
            <source>The GPU was throttled for {share} of the time ({reasons}), so it is slower than it can be.</source>
            <translation>GPU 有 {share} 的时间被降频（{reasons}），因此未达到应有的速度。</translation>
        </message>
        <message>
            <source>The GPU's clock fell from {high} to {low} MHz while it was measured: later inferences are slower than the first. Lock the clocks, or measure longer to see what lasts.</source>
            <translation>测量期间 GPU 时钟从 {high} 降到 {low} MHz：后面的推理比开始时慢。请锁定时钟，或延长测量以了解稳定后的速度。</translation>
        </message>
        <message>
            <source>Larger batches help.</source>
            <translation>增大批次会有帮助。</translation>
        </message>
        <message>
            <source>Larger batches or a CUDA graph help.</source>
            <translation>增大批次或使用 CUDA Graph 会有帮助。</translation>
        </message>
        <message>
            <source>to the GPU</source>
            <translation>到 GPU</translation>
        </message>
        <message>
            <source>from the GPU</source>
            <translation>从 GPU</translation>
        </message>
        <message>
            <source>{runtime} does not time single layers.</source>
            <translation>{runtime} 不能对单独的层计时。</translation>
        </message>
        <message>
            <source>Measure the whole model.</source>
            <translation>请测量整个模型。</translation>
        </message>
        <message>
            <source>Stopped.</source>
            <translation>已停止。</translation>
        </message>
        <message>
            <source>Timing the whole model</source>
            <translation>正在对整个模型计时</translation>
        </message>
        <message>
            <source>Timing the layers</source>
            <translation>正在对各层计时</translation>
        </message>
        <message>
            <source>TensorRT named no layer of this engine.</source>
            <translation>TensorRT 没有给出此引擎任何层的名称。</translation>
        </message>
        <message>
            <source>Build it with detailed profiling, which is this program's default.</source>
            <translation>请以 detailed profiling 构建，这是本程序的默认设置。</translation>
        </message>
        <message>
            <source>The layers cannot be told from each other: {message}</source>
            <translation>各层无法区分：{message}</translation>
        </message>
        <message>
            <source>Timing the nodes</source>
            <translation>正在对各节点计时</translation>
        </message>
        <message>
            <source>TensorRT does not tell the times of the layers</source>
            <translation>TensorRT 没有给出各层的时间</translation>
        </message>
        <message>
            <source>{reasons}. So this is the loop before it, measured again.</source>
            <translation>{reasons}。因此这里是再次测量的前一个循环。</translation>
        </message>
        <message>
            <source>GPU compute</source>
            <translation>GPU 计算</translation>
        </message>
        <message>
            <source>Of the {period_ms:n} ms from one inference to the next: {parts}; the rest is the host's.</source>
            <translation>从一次推理到下一次的 {period_ms:n} ms 中：{parts}；其余为主机所用。</translation>
        </message>
        <message>
            <source>the throughput stays the same</source>
            <translation>吞吐量不变</translation>
        </message>
        <message>
            <source>{ratio:n} times the throughput</source>
            <translation>吞吐量为 {ratio:n} 倍</translation>
        </message>
        <message>
            <source>the throughput falls by {ratio}</source>
            <translation>吞吐量降低 {ratio}</translation>
        </message>
        <message>
            <source>Page-locked memory</source>
            <translation>页锁定内存</translation>
        </message>
        <message>
            <source>Pageable memory</source>
            <translation>可分页内存</translation>
        </message>
        <message>
            <source>Page-locked memory: the copies take {after:n} ms instead of {before:n} ms</source>
            <translation>页锁定内存：拷贝从 {before:n} ms 变为 {after:n} ms</translation>
        </message>
        <message>
            <source>Pageable memory: the copies take {after:n} ms instead of {before:n} ms</source>
            <translation>可分页内存：拷贝从 {before:n} ms 变为 {after:n} ms</translation>
        </message>
        <message>
            <source>Overlap: copies ({before:n} ms) and the host's work go beside the compute ({gpu_ms:n} ms), which alone kept the GPU busy for {busy} of the time</source>
            <translation>重叠：拷贝（{before:n} ms）和主机工作与计算（{gpu_ms:n} ms）同时进行；此前计算只占用 GPU {busy} 的时间</translation>
        </message>
        <message>
            <source>CUDA graph: the enqueue takes the CPU {enqueue_ms:n} ms instead of {enqueue_ms_1:n} ms, and the GPU computes for {gpu_ms:n} ms instead of {gpu_ms_3:n} ms</source>
            <translation>CUDA Graph：CPU 入队用时 {enqueue_ms:n} ms，而不是 {enqueue_ms_1:n} ms；GPU 计算用时 {gpu_ms:n} ms，而不是 {gpu_ms_3:n} ms</translation>
        </message>
        <message>
            <source>No transfers: the copies are left out, which took {h2d_ms:n} ms to the GPU (H2D) and {d2h_ms:n} ms back (D2H)</source>
            <translation>无传输：省去了拷贝；此前拷到 GPU（H2D）用时 {h2d_ms:n} ms，拷回（D2H）用时 {d2h_ms:n} ms</translation>
        </message>
        <message>
            <source>a busy core hears of the end at once</source>
            <translation>忙等的核心能立即得知结束</translation>
        </message>
        <message>
            <source>the core sleeps meanwhile</source>
            <translation>核心在此期间休眠</translation>
        </message>
        <message>
            <source>Spin wait: a busy core hears of the end at once</source>
            <translation>自旋等待：忙等的核心能立即得知结束</translation>
        </message>
        <message>
            <source>Spin wait: the core sleeps meanwhile</source>
            <translation>自旋等待：核心在此期间休眠</translation>
        </message>
        <message>
            <source>Blocking wait: a busy core hears of the end at once</source>
            <translation>阻塞等待：忙等的核心能立即得知结束</translation>
        </message>
        <message>
            <source>Blocking wait: the core sleeps meanwhile</source>
            <translation>阻塞等待：核心在此期间休眠</translation>
        </message>
        <message>
            <source>{streams} streams share the GPU: an inference computes for {gpu_ms:n} ms instead of {gpu_ms_2:n} ms</source>
            <translation>{streams} 个流共用 GPU：一次推理的计算从 {gpu_ms_2:n} ms 变为 {gpu_ms:n} ms</translation>
        </message>
        <message>
            <source>one by one, pageable memory</source>
            <translation>逐个执行，可分页内存</translation>
        </message>
        <message>
            <source>one by one</source>
            <translation>逐个执行</translation>
        </message>
        <message>
            <source>one by one, CUDA graph</source>
            <translation>逐个执行，CUDA Graph</translation>
        </message>
        <message>
            <source>overlapped</source>
            <translation>重叠</translation>
        </message>
        <message>
            <source>overlapped, CUDA graph</source>
            <translation>重叠，CUDA Graph</translation>
        </message>
        <message>
            <source>overlapped, no transfers</source>
            <translation>重叠，无传输</translation>
        </message>
        <message>
            <source>as trtexec 11: no transfers, CUDA graph, spin wait</source>
            <translation>同 trtexec 11：无传输，CUDA Graph，自旋等待</translation>
        </message>
        <message>
            <source>2 streams, overlapped</source>
            <translation>2 个流，重叠</translation>
        </message>
        <message>
            <source>4 streams, overlapped</source>
            <translation>4 个流，重叠</translation>
        </message>
        <message>
            <source>Loop {number} of {steps:n}: {name}</source>
            <translation>循环 {number}/{steps:n}：{name}</translation>
        </message>
        <message>
            <source>{runtime} runs one inference after another in the host's memory: there are no copies, streams or CUDA graphs to compare.</source>
            <translation>{runtime} 在主机内存中逐个执行推理：没有拷贝、流或 CUDA Graph 可以比较。</translation>
        </message>
        <message>
            <source>Build an engine, and compare on a machine with an NVIDIA GPU.</source>
            <translation>请构建引擎，并在有 NVIDIA GPU 的机器上比较。</translation>
        </message>
        <message>
            <source>ONNX Runtime keeps what it once took, and lays weights out anew for some processors, so it may take more than this.</source>
            <translation>ONNX Runtime 不会归还已占用的内存，并会为某些处理器重排权重，因此实际占用可能更多。</translation>
        </message>
        <message>
            <source>ONNX Runtime on the CPU</source>
            <translation>CPU 上的 ONNX Runtime</translation>
        </message>
        <message>
            <source>the file</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>the shapes of all tensors but {unknown}</source>
            <translation>除 {unknown} 外所有张量的形状</translation>
        </message>
        <message>
            <source>the shapes of the tensors</source>
            <translation>张量的形状</translation>
        </message>
        <message>
            <source>clocks set by the user</source>
            <translation>用户设定的时钟</translation>
        </message>
        <message>
            <source>sync boost</source>
            <translation>同步加速</translation>
        </message>
        <message>
            <source>display clocks</source>
            <translation>显示时钟</translation>
        </message>
        <message>
            <source>The GPU's clocks are not known: nvidia-ml-py is not installed.</source>
            <translation>GPU 时钟未知：没有安装 nvidia-ml-py。</translation>
        </message>
        <message>
            <source>Install it: pip install nvidia-ml-py.</source>
            <translation>请安装：pip install nvidia-ml-py。</translation>
        </message>
        <message>
            <source>The GPU's clocks are not known: NVML says {error}.</source>
            <translation>GPU 时钟未知：NVML 报告 {error}。</translation>
        </message>
        <message>
            <source>Where nvidia-smi works, this does too.</source>
            <translation>nvidia-smi 可用时，此功能也可用。</translation>
        </message>
        <message>
            <source>ONNX Runtime's profile has a form that is not known here.</source>
            <translation>ONNX Runtime 的性能剖析采用了未知的格式。</translation>
        </message>
        <message>
            <source>Install the release of onnxruntime that TRT Studio was tested with.</source>
            <translation>请安装 TRT Studio 测试过的 onnxruntime 版本。</translation>
        </message>
        <message>
            <source>Beside this, CUDA takes some hundred MB for itself once in each process, and TensorRT some for its kernels.</source>
            <translation>此外，CUDA 在每个进程中自身占用几百 MB，TensorRT 的 kernel 也占用一些。</translation>
        </message>
        <message>
            <source>Asking what the shapes take</source>
            <translation>正在查询这些形状的占用</translation>
        </message>
        <message>
            <source>the engine</source>
            <translation>引擎</translation>
        </message>
        <message>
            <source>the engine, for all profiles</source>
            <translation>引擎，所有优化配置文件</translation>
        </message>
        <message>
            <source>the engine, for profile {profile}</source>
            <translation>引擎，优化配置文件 {profile}</translation>
        </message>
        <message>
            <source>the engine, for these shapes</source>
            <translation>引擎，这些形状</translation>
        </message>
        <message>
            <source>weight streaming</source>
            <translation>权重流式传输</translation>
        </message>
        <message>
            <source>the given shapes</source>
            <translation>给定的形状</translation>
        </message>
        <message>
            <source>TensorRT does not accept the shapes</source>
            <translation>TensorRT 不接受这些形状</translation>
        </message>
        <message>
            <source>Point {number} of {grid:n}: {values}</source>
            <translation>点 {number}/{grid:n}：{values}</translation>
        </message>
        <message>
            <source>{runtime} runs one inference after another: it has no "{name}".</source>
            <translation>{runtime} 逐个执行推理：没有“{name}”。</translation>
        </message>
        <message>
            <source>Sweep sizes, or build an engine and sweep that.</source>
            <translation>请扫描尺寸，或构建引擎后再扫描。</translation>
        </message>
        <message>
            <source>A sweep needs an axis.</source>
            <translation>扫描需要一个轴。</translation>
        </message>
        <message>
            <source>Sweep batch, for example: batch=1,2,4.</source>
            <translation>例如扫描 batch：batch=1,2,4。</translation>
        </message>
        <message>
            <source>The axis "{name}" needs values from 0.</source>
            <translation>轴“{name}”的值须从 0 起。</translation>
        </message>
        <message>
            <source>Give some, as 1,2,4.</source>
            <translation>请给出一些，如 1,2,4。</translation>
        </message>
        <message>
            <source>The model has no dynamic size called "{name}".</source>
            <translation>模型没有名为“{name}”的动态尺寸。</translation>
        </message>
        <message>
            <source>The axes "{names}" and "{name}" both set size {axis} of "{tensor}".</source>
            <translation>轴“{names}”和“{name}”都设置了“{tensor}”的第 {axis} 维大小。</translation>
        </message>
        <message>
            <source>Sweep one of them.</source>
            <translation>请只扫描其中一个。</translation>
        </message>
        <message>
            <source>The axis of precisions needs names or files.</source>
            <translation>精度轴需要精度名称或文件。</translation>
        </message>
        <message>
            <source>Give some, as keep,fp16, or the paths of plans.</source>
            <translation>请给出一些，如 keep,fp16，或 plan 的路径。</translation>
        </message>
        <message>
            <source>{value} is neither a precision nor a file.</source>
            <translation>{value} 既不是精度，也不是文件。</translation>
        </message>
        <message>
            <source>Precisions are {precisions}; plans and models are files.</source>
            <translation>精度有 {precisions}；plan 和模型为文件。</translation>
        </message>
        <message>
            <source>Engines of other precisions run on an NVIDIA GPU, and none was found here.</source>
            <translation>其他精度的引擎需在 NVIDIA GPU 上运行，而本机没有找到。</translation>
        </message>
        <message>
            <source>Sweep the ONNX model, which ONNX Runtime runs on the CPU.</source>
            <translation>请扫描 ONNX 模型，由 ONNX Runtime 在 CPU 上运行。</translation>
        </message>
        <message>
            <source>Nobody knows from which model {name} was built, so no other precision of it can be made.</source>
            <translation>不知道 {name} 由哪个模型构建，因此无法生成其他精度。</translation>
        </message>
        <message>
            <source>Open the ONNX model, and sweep that; or name the plans of the other precisions.</source>
            <translation>请打开 ONNX 模型再扫描，或指定其他精度的 plan。</translation>
        </message>
        <message>
            <source>The output "{name}" has no row for each of the {size} items of a piece, so a batch of {size_2} cannot be put together from pieces.</source>
            <translation>输出“{name}”没有为一份中的 {size} 个样本各给出一行，因此大小为 {size_2} 的批次无法由各份拼成。</translation>
        </message>
        <message>
            <source>Run at most {largest} at a time.</source>
            <translation>每次最多运行 {largest} 个。</translation>
        </message>
        <message>
            <source>TensorRT does not accept the memory</source>
            <translation>TensorRT 不接受该内存</translation>
        </message>
        <message>
            <source>TensorRT does not accept the inputs</source>
            <translation>TensorRT 不接受这些输入</translation>
        </message>
        <message>
            <source>TensorRT does not change to another profile</source>
            <translation>TensorRT 无法切换到其他优化配置文件</translation>
        </message>
        <message>
            <source>TensorRT cannot be captured in a stream</source>
            <translation>TensorRT 无法在流中捕获</translation>
        </message>
        <message>
            <source>TensorRT could not start the inference</source>
            <translation>TensorRT 无法启动推理</translation>
        </message>
        <message>
            <source>The network does something in the middle that a CUDA graph cannot hold.</source>
            <translation>网络中间有 CUDA Graph 无法包含的操作。</translation>
        </message>
        <message>
            <source>TensorRT-RTX does not support {device} ({sm}), and may give wrong answers there. Every new shape is given a context of its own, which makes that rare; compare with ONNX Runtime.</source>
            <translation>TensorRT-RTX 不支持 {device}（{sm}），在其上可能给出错误结果。每个新形状都使用单独的上下文，使这种情况很少出现；请与 ONNX Runtime 的结果比较。</translation>
        </message>
        <message>
            <source>Build it again from its ONNX model with the TensorRT that is here.</source>
            <translation>请用其 ONNX 模型和本机的 TensorRT 重新构建。</translation>
        </message>
        <message>
            <source>Checking the plan</source>
            <translation>正在检查 plan</translation>
        </message>
        <message>
            <source>The weights of {name} take</source>
            <translation>{name} 的权重需要</translation>
        </message>
        <message>
            <source>Loading the plan</source>
            <translation>正在加载 plan</translation>
        </message>
        <message>
            <source>There is no GPU {index} here: {devices:n} found, counted from 0.</source>
            <translation>没有 GPU {index}：共找到 {devices:n} 个，从 0 开始编号。</translation>
        </message>
        <message>
            <source>Choose another device.</source>
            <translation>请选择其他设备。</translation>
        </message>
        <message>
            <source>This machine has no NVIDIA GPU.</source>
            <translation>本机没有 NVIDIA GPU。</translation>
        </message>
        <message>
            <source>{what} {wanted_bytes}, and only {free_bytes} of {memory_bytes} are free on {name}.</source>
            <translation>{what} {wanted_bytes}，而 {name} 的 {memory_bytes} 中只剩 {free_bytes}。</translation>
        </message>
        <message>
            <source>End other programs that use the GPU, unload other models, or stream the weights of an engine that was built with WEIGHT_STREAMING.</source>
            <translation>请结束其他使用 GPU 的程序，卸载其他模型，或对带 WEIGHT_STREAMING 构建的引擎使用权重流式传输。</translation>
        </message>
        <message>
            <source>{label} cannot load {name}.</source>
            <translation>{label} 无法加载 {name}。</translation>
        </message>
        <message>
            <source>A context of {name} takes</source>
            <translation>{name} 的一个上下文需要</translation>
        </message>
        <message>
            <source>Set NVIDIA_TF32_OVERRIDE to what it was when the plan was built, and start again.</source>
            <translation>请将 NVIDIA_TF32_OVERRIDE 设为构建 plan 时的值，然后重新启动。</translation>
        </message>
        <message>
            <source>Close other programs that use the GPU, or build with smaller shapes.</source>
            <translation>请关闭其他使用 GPU 的程序，或以更小的形状构建。</translation>
        </message>
        <message>
            <source>{label} makes no execution context for {name}.</source>
            <translation>{label} 无法为 {name} 创建执行上下文。</translation>
        </message>
        <message>
            <source>Without a CUDA graph: {why}.</source>
            <translation>未使用 CUDA Graph：{why}。</translation>
        </message>
        <message>
            <source>the shape of an output depends on the data, so its memory is not known before</source>
            <translation>某个输出的形状取决于数据，因此无法预知其内存</translation>
        </message>
        <message>
            <source>The model takes: {describe}.</source>
            <translation>模型的输入为：{describe}。</translation>
        </message>
        <message>
            <source>No array was given for {missing}.</source>
            <translation>没有为 {missing} 提供数组。</translation>
        </message>
        <message>
            <source>The model has no input called {unknown}.</source>
            <translation>模型没有名为 {unknown} 的输入。</translation>
        </message>
        <message>
            <source>The tensor "{name}" has the memory layout {layout}, and arrays are linear.</source>
            <translation>张量“{name}”的内存布局是 {layout}，而数组是线性的。</translation>
        </message>
        <message>
            <source>Build the engine here, where inputs and outputs are always linear, or with trtexec without --inputIOFormats and --outputIOFormats.</source>
            <translation>请在这里构建引擎（输入输出总是线性的），或用 trtexec 构建时不加 --inputIOFormats 和 --outputIOFormats。</translation>
        </message>
        <message>
            <source>The tensor "{name}" is {dtype}, of which several values share a byte: no array does that.</source>
            <translation>张量“{name}”是 {dtype}，多个值共用一个字节：没有这样的数组。</translation>
        </message>
        <message>
            <source>Build the engine with inputs and outputs of 8 bits or more.</source>
            <translation>请用 8 位或以上的输入输出构建引擎。</translation>
        </message>
        <message>
            <source>more than one device</source>
            <translation>多个设备</translation>
        </message>
        <message>
            <source>weight streaming with a budget</source>
            <translation>带预算的权重流式传输</translation>
        </message>
        <message>
            <source>Keep all weights on the GPU.</source>
            <translation>请将全部权重留在 GPU 上。</translation>
        </message>
        <message>
            <source>CUDA graphs of its own</source>
            <translation>自带的 CUDA Graph</translation>
        </message>
        <message>
            <source>A benchmark can capture the graph itself: choose CUDA graph there.</source>
            <translation>基准测试可以自行捕获：请在那里选择 CUDA Graph。</translation>
        </message>
        <message>
            <source>kernels for exact shapes</source>
            <translation>针对确切形状的 kernel</translation>
        </message>
        <message>
            <source>Leave it to the runtime.</source>
            <translation>请由运行时决定。</translation>
        </message>
        <message>
            <source>a choice of when the memory of a context is allocated</source>
            <translation>选择何时分配上下文内存</translation>
        </message>
        <message>
            <source>kernels that are compiled when a model is loaded</source>
            <translation>加载模型时编译的 kernel</translation>
        </message>
        <message>
            <source>Leave it as it is.</source>
            <translation>请不要改动。</translation>
        </message>
        <message>
            <source>The weights of this engine cannot be streamed.</source>
            <translation>此引擎的权重不支持流式传输。</translation>
        </message>
        <message>
            <source>Build it again with the flag WEIGHT_STREAMING.</source>
            <translation>请带标志 WEIGHT_STREAMING 重新构建。</translation>
        </message>
        <message>
            <source>TensorRT keeps {taken:n} bytes of the weights on the GPU instead of {budget:n}.</source>
            <translation>TensorRT 在 GPU 上保留了 {taken:n} 字节权重，而不是 {budget:n}。</translation>
        </message>
        <message>
            <source>Load the engine again with another budget, or with the automatic one.</source>
            <translation>请以其他预算或自动预算重新加载引擎。</translation>
        </message>
        <message>
            <source>This is the CPU: its times say nothing about an engine on a GPU.</source>
            <translation>这是 CPU：其时间不能说明引擎在 GPU 上的表现。</translation>
        </message>
        <message>
            <source>Replace it by operators of the ONNX standard, and export the model again.</source>
            <translation>请换成 ONNX 标准算子，并重新导出模型。</translation>
        </message>
        <message>
            <source>The details say what is wrong with it; mend that, and export the model again.</source>
            <translation>详细信息说明了问题所在；请修正后重新导出模型。</translation>
        </message>
        <message>
            <source>it does not know the operator {value}</source>
            <translation>不认识算子 {value}</translation>
        </message>
        <message>
            <source>it has no CPU kernel for the operator {value}</source>
            <translation>没有算子 {value} 的 CPU kernel</translation>
        </message>
        <message>
            <source>Replace the operator in the model, or build an engine with TensorRT.</source>
            <translation>请替换模型中的该算子，或用 TensorRT 构建引擎。</translation>
        </message>
        <message>
            <source>the model is newer than this ONNX Runtime</source>
            <translation>模型比此 ONNX Runtime 更新</translation>
        </message>
        <message>
            <source>Update it with 'pip install --upgrade onnxruntime', or export for an older opset.</source>
            <translation>请用 'pip install --upgrade onnxruntime' 更新，或以较旧的 opset 导出。</translation>
        </message>
        <message>
            <source>the file does not exist</source>
            <translation>文件不存在</translation>
        </message>
        <message>
            <source>the file is damaged or no ONNX model</source>
            <translation>文件已损坏或不是 ONNX 模型</translation>
        </message>
        <message>
            <source>Copy or export it again.</source>
            <translation>请重新复制或导出。</translation>
        </message>
        <message>
            <source>the model breaks ONNX's rules</source>
            <translation>模型不符合 ONNX 规范</translation>
        </message>
        <message>
            <source>an input does not fit the model</source>
            <translation>某个输入与模型不符</translation>
        </message>
        <message>
            <source>Give inputs of other shapes or types; the details say what does not fit.</source>
            <translation>请给出其他形状或类型的输入；不符之处见详细信息。</translation>
        </message>
        <message>
            <source>the operator {value} cannot work on these inputs</source>
            <translation>算子 {value} 无法处理这些输入</translation>
        </message>
        <message>
            <source>Give inputs of other shapes or values; the details say what does not fit.</source>
            <translation>请给出其他形状或值的输入；不符之处见详细信息。</translation>
        </message>
        <message>
            <source>Loading the model into ONNX Runtime</source>
            <translation>正在将模型加载到 ONNX Runtime</translation>
        </message>
        <message>
            <source>ONNX Runtime could not run the model</source>
            <translation>ONNX Runtime 无法运行此模型</translation>
        </message>
        <message>
            <source>ONNX Runtime cannot load {name}</source>
            <translation>ONNX Runtime 无法加载 {name}</translation>
        </message>
        <message>
            <source>The details hold ONNX Runtime's own words; export the model again, or update it.</source>
            <translation>ONNX Runtime 的原文见详细信息；请重新导出模型，或更新 ONNX Runtime。</translation>
        </message>
        <message>
            <source>The {role} "{name}" is a {type}; only tensors of numbers of 8 bits and more can be given to ONNX Runtime here, and taken from it.</source>
            <translation>{role}“{name}”是 {type}；这里只能与 ONNX Runtime 交换 8 位及以上的数值张量。</translation>
        </message>
        <message>
            <source>Cast it to float32 inside the model, or build an engine and run that.</source>
            <translation>请在模型内转换为 float32，或构建引擎来运行。</translation>
        </message>
        <message>
            <source>A plan has the shapes that it was built with.</source>
            <translation>plan 的形状在构建时已确定。</translation>
        </message>
        <message>
            <source>Build it again with other input shapes, or run the ONNX model.</source>
            <translation>请以其他输入形状重新构建，或运行 ONNX 模型。</translation>
        </message>
        <message>
            <source>ONNX Runtime cannot run a TensorRT plan.</source>
            <translation>ONNX Runtime 无法运行 TensorRT plan。</translation>
        </message>
        <message>
            <source>Run the plan with TensorRT, or open the ONNX model that it was built from.</source>
            <translation>请用 TensorRT 运行此 plan，或打开构建它所用的 ONNX 模型。</translation>
        </message>
        <message>
            <source>TensorRT runs plans, and this is a model.</source>
            <translation>TensorRT 运行的是 plan，而这是模型。</translation>
        </message>
        <message>
            <source>Build an engine from the model first, then run the plan.</source>
            <translation>请先用模型构建引擎，再运行 plan。</translation>
        </message>
        <message>
            <source>profile {nearest}, the nearest of {profiles:n}, takes</source>
            <translation>优化配置文件 {nearest}（共 {profiles:n} 个中最接近的）接受</translation>
        </message>
        <message>
            <source>The values [{given}] of "{name}" are outside what the engine was built for: profile {nearest}, the nearest of {profiles:n}, takes {allowed}.</source>
            <translation>“{name}”的值 [{given}] 超出引擎构建时的范围：{profiles:n} 个配置中最接近的配置 {nearest} 接受 {allowed}。</translation>
        </message>
        <message>
            <source>The values [{given}] of "{name}" are outside what the engine was built for: takes {allowed}.</source>
            <translation>“{name}”的值 [{given}] 超出引擎构建时的范围：接受 {allowed}。</translation>
        </message>
        <message>
            <source>Give values within the profile, or build an engine with a wider one.</source>
            <translation>请给出配置范围内的值，或用更宽的配置构建引擎。</translation>
        </message>
        <message>
            <source>The shape [{shapes}] of "{name}" is outside what the engine was built for: profile {nearest}, the nearest of {profiles:n}, takes {allowed}.</source>
            <translation>“{name}”的形状 [{shapes}] 超出引擎构建时的范围：{profiles:n} 个配置中最接近的配置 {nearest} 接受 {allowed}。</translation>
        </message>
        <message>
            <source>The shape [{shapes}] of "{name}" is outside what the engine was built for: takes {allowed}.</source>
            <translation>“{name}”的形状 [{shapes}] 超出引擎构建时的范围：接受 {allowed}。</translation>
        </message>
        <message>
            <source>Give a shape within the profile, or build an engine with a wider one.</source>
            <translation>请给出优化配置文件范围内的形状，或以更大的范围构建引擎。</translation>
        </message>
        <message>
            <source>min [{low}], opt [{best}], max [{high}]</source>
            <translation>最小 [{low}]，最优 [{best}]，最大 [{high}]</translation>
        </message>
        <message>
            <source>Giving the engine the new weights</source>
            <translation>正在为引擎更换权重</translation>
        </message>
        <message>
            <source>{name} takes no new weights.</source>
            <translation>{name} 不接受新的权重。</translation>
        </message>
        <message>
            <source>Build it again with the flag REFIT, or STRIP_PLAN for a plan without weights.</source>
            <translation>请带标志 REFIT 重新构建；不含权重的 plan 用 STRIP_PLAN。</translation>
        </message>
        <message>
            <source>Nobody knows how this plan was built; the model is taken as it is.</source>
            <translation>此 plan 的构建方式未知；按模型原样使用。</translation>
        </message>
        <message>
            <source>{name} does not take the weights of this model: it has none for {missing} ....</source>
            <translation>{name} 不接受此模型的权重：其中缺少 {missing} …。</translation>
        </message>
        <message>
            <source>{name} does not take the weights of this model: it has none for {missing}.</source>
            <translation>{name} 不接受此模型的权重：其中缺少 {missing}。</translation>
        </message>
        <message>
            <source>{name} does not take the weights of this model.</source>
            <translation>{name} 不接受此模型的权重。</translation>
        </message>
        <message>
            <source>The model must have the same layers, names and shapes as the one that the plan was built from. Otherwise build a new plan from it.</source>
            <translation>模型的层、名称和形状必须与构建 plan 所用的模型相同。否则请用它构建新的 plan。</translation>
        </message>
        <message>
            <source>TensorRT does not write this engine.</source>
            <translation>TensorRT 无法写出此引擎。</translation>
        </message>
        <message>
            <source>The details hold TensorRT's own words.</source>
            <translation>TensorRT 的原文见详细信息。</translation>
        </message>
        <message>
            <source>Without a CUDA graph: this runtime has none.</source>
            <translation>未使用 CUDA Graph：此运行时没有。</translation>
        </message>
        <message>
            <source>Compiling kernels and making the context</source>
            <translation>正在编译 kernel 并创建上下文</translation>
        </message>
        <message>
            <source>Running it once</source>
            <translation>正在试运行一次</translation>
        </message>
        <message>
            <source>No TensorRT could be loaded in this Python.</source>
            <translation>此 Python 中无法加载任何 TensorRT。</translation>
        </message>
        <message>
            <source>Install one with: pip install "trtstudio[rtx]"</source>
            <translation>请安装：pip install "trtstudio[rtx]"</translation>
        </message>
        <message>
            <source>TRTSTUDIO_RUNTIME names an unknown runtime: {choice}.</source>
            <translation>TRTSTUDIO_RUNTIME 指定了未知的运行时：{choice}。</translation>
        </message>
        <message>
            <source>Set it to {modules}, or leave it out.</source>
            <translation>请设为 {modules}，或不设置。</translation>
        </message>
        <message>
            <source>The NVIDIA driver sees no GPU in this machine.</source>
            <translation>NVIDIA 驱动程序在本机没有找到 GPU。</translation>
        </message>
        <message>
            <source>{missing} could not be drawn: {message}</source>
            <translation>{missing} 无法绘制：{message}</translation>
        </message>
        <message>
            <source>All others are drawn. Put the missing pictures back, and export again.</source>
            <translation>其余都已绘制。请放回缺失的图片，然后重新导出。</translation>
        </message>
        <message>
            <source>{path} holds the answers of another run: with another model, other pictures, or other options.</source>
            <translation>{path} 中是另一次运行的结果：模型、图片或选项不同。</translation>
        </message>
        <message>
            <source>Name another file, or delete it to begin anew.</source>
            <translation>请指定其他文件，或删除它以重新开始。</translation>
        </message>
        <message>
            <source>{path} does not hold answers that were kept here.</source>
            <translation>{path} 中没有在此保存的结果。</translation>
        </message>
        <message>
            <source>{path} was changed meanwhile.</source>
            <translation>{path} 在此期间有改动。</translation>
        </message>
        <message>
            <source>Run the pictures again.</source>
            <translation>请重新运行这些图片。</translation>
        </message>
        <message>
            <source>{path} has no frame {frame} any more.</source>
            <translation>{path} 中已没有第 {frame} 帧。</translation>
        </message>
        <message>
            <source>Run the video again.</source>
            <translation>请重新运行该视频。</translation>
        </message>
        <message>
            <source>{path} is too long for a list of files.</source>
            <translation>{path} 作为文件列表过长。</translation>
        </message>
        <message>
            <source>Split it.</source>
            <translation>请拆分。</translation>
        </message>
        <message>
            <source>{path} cannot be read as a list of files.</source>
            <translation>{path} 无法作为文件列表读取。</translation>
        </message>
        <message>
            <source>Give a text file in UTF-8 with the path of a picture in each line.</source>
            <translation>请给出 UTF-8 文本文件，每行一个图片路径。</translation>
        </message>
        <message>
            <source>{path} names no files.</source>
            <translation>{path} 中没有列出文件。</translation>
        </message>
        <message>
            <source>Write the path of a picture in each line.</source>
            <translation>请每行写一个图片路径。</translation>
        </message>
        <message>
            <source>None of the files that {path} names is there.</source>
            <translation>{path} 列出的文件都不存在。</translation>
        </message>
        <message>
            <source>Paths in a list are relative to the folder of the list.</source>
            <translation>列表中的路径相对于列表所在的文件夹。</translation>
        </message>
        <message>
            <source>{name} ends after {count} of its {frames} frames.</source>
            <translation>{name} 在 {frames} 帧中的第 {count} 帧后结束。</translation>
        </message>
        <message>
            <source>It is damaged or was not copied completely.</source>
            <translation>它已损坏，或没有复制完整。</translation>
        </message>
        <message>
            <source>There is no camera {number}, or another program uses it.</source>
            <translation>没有摄像头 {number}，或其他程序正在使用它。</translation>
        </message>
        <message>
            <source>Plug it in, close the other program, or try another number.</source>
            <translation>请插上摄像头，关闭其他程序，或换一个编号。</translation>
        </message>
        <message>
            <source>{path} gives no more pictures.</source>
            <translation>{path} 不再提供图像。</translation>
        </message>
        <message>
            <source>The camera may have been unplugged. Plug it in and start again.</source>
            <translation>摄像头可能被拔出。请插好后重新开始。</translation>
        </message>
        <message>
            <source>{path} is no video that can be read.</source>
            <translation>{path} 不是可以读取的视频。</translation>
        </message>
        <message>
            <source>Use an MP4, MOV, AVI, MKV or WebM file.</source>
            <translation>请使用 MP4、MOV、AVI、MKV 或 WebM 文件。</translation>
        </message>
        <message>
            <source>{name} is no video by its name.</source>
            <translation>从文件名看，{name} 不是视频。</translation>
        </message>
        <message>
            <source>Let it end in {codecs}.</source>
            <translation>请以 {codecs} 结尾。</translation>
        </message>
        <message>
            <source>{path} cannot hold a video.</source>
            <translation>{path} 不能用来保存视频。</translation>
        </message>
        <message>
            <source>Name a file.</source>
            <translation>请指定一个文件。</translation>
        </message>
        <message>
            <source>{path} could not be written whole.</source>
            <translation>{path} 未能完整写入。</translation>
        </message>
        <message>
            <source>Make space there, or choose a name that ends in .avi.</source>
            <translation>请在该处腾出空间，或选择以 .avi 结尾的文件名。</translation>
        </message>
        <message>
            <source>{path} cannot be written as a video.</source>
            <translation>{path} 无法写成视频。</translation>
        </message>
        <message>
            <source>Choose a name that ends in .avi.</source>
            <translation>请选择以 .avi 结尾的名称。</translation>
        </message>
        <message>
            <source>A heat map for each of {classes} classes, with maps of sizes and offsets.</source>
            <translation>{classes} 个类别各有一张热图，并有尺寸图和偏移图。</translation>
        </message>
        <message>
            <source>Maps of faces, their sizes, offsets and five landmarks.</source>
            <translation>人脸、尺寸、偏移和五个关键点的图。</translation>
        </message>
        <message>
            <source>CenterNet</source>
            <translation>CenterNet</translation>
        </message>
        <message>
            <source>three maps with a cell for every 4 pixels: of the classes, of 2 sizes and of 2 offsets</source>
            <translation>三张图，每 4 个像素一格：类别、2 个尺寸、2 个偏移</translation>
        </message>
        <message>
            <source>CenterFace</source>
            <translation>CenterFace</translation>
        </message>
        <message>
            <source>four maps with a cell for every 4 pixels: of 1 score, 2 sizes, 2 offsets and 10 landmarks</source>
            <translation>四张图，每 4 个像素一格：1 个分数、2 个尺寸、2 个偏移、10 个关键点坐标</translation>
        </message>
        <message>
            <source>Its metadata say: {metadata}.</source>
            <translation>元数据说明：{metadata}。</translation>
        </message>
        <message>
            <source>4 numbers of a box and {classes} scores for each query.</source>
            <translation>每个查询有框的 4 个数和 {classes} 个分数。</translation>
        </message>
        <message>
            <source>RT-DETR of Ultralytics</source>
            <translation>Ultralytics 的 RT-DETR</translation>
        </message>
        <message>
            <source>an output [1, queries, 4 + classes], of boxes as shares of centre and size</source>
            <translation>一个输出 [1, 查询数, 4 + 类别数]，框为中心和尺寸的比例</translation>
        </message>
        <message>
            <source>{boxes} has 4 numbers for each row of {scores}.</source>
            <translation>{boxes} 为 {scores} 的每一行给出 4 个数。</translation>
        </message>
        <message>
            <source>SSD, DETR: boxes and scores</source>
            <translation>SSD、DETR：框和分数</translation>
        </message>
        <message>
            <source>two outputs, boxes [1, n, 4] and scores [1, n, classes]</source>
            <translation>两个输出，框 [1, n, 4] 和分数 [1, n, 类别数]</translation>
        </message>
        <message>
            <source>Rows of {columns} numbers: a box, a score and a class.</source>
            <translation>每行 {columns} 个数：框、分数和类别。</translation>
        </message>
        <message>
            <source>Its outputs {names} are objects after suppression.</source>
            <translation>输出 {names} 是经过抑制的目标。</translation>
        </message>
        <message>
            <source>Rows after NMS [n, 6]</source>
            <translation>NMS 之后的行 [n, 6]</translation>
        </message>
        <message>
            <source>one output [n, 6] of box, score and class, or [n, 7] with the picture's number before</source>
            <translation>一个输出 [n, 6]，含框、分数和类别；或 [n, 7]，前面另有图片序号</translation>
        </message>
        <message>
            <source>EfficientNMS, or boxes, scores and classes</source>
            <translation>EfficientNMS，或框、分数和类别</translation>
        </message>
        <message>
            <source>outputs that are called boxes, scores and classes, mostly with their number</source>
            <translation>名为 boxes、scores、classes 的输出，通常还有数量</translation>
        </message>
        <message>
            <source>TorchVision: Faster, Mask and Keypoint R-CNN, RetinaNet, SSD</source>
            <translation>TorchVision：Faster、Mask、Keypoint R-CNN，RetinaNet，SSD</translation>
        </message>
        <message>
            <source>outputs without a batch: boxes [n, 4], labels [n] of whole numbers and scores [n]</source>
            <translation>没有 batch 维的输出：框 [n, 4]、整数标签 [n] 和分数 [n]</translation>
        </message>
        <message>
            <source>4 numbers of a box and {classes} scores, as many as there are labels, for each cell of the usual grids.</source>
            <translation>常用网格的每个单元有框的 4 个数和 {classes} 个分数，与标签数相同。</translation>
        </message>
        <message>
            <source>4 numbers of a box and {classes} scores for each cell of the usual grids.</source>
            <translation>常用网格的每个单元有框的 4 个数和 {classes} 个分数。</translation>
        </message>
        <message>
            <source>Rows of box, score and class: overlaps are suppressed.</source>
            <translation>每行为框、分数和类别：重叠已被抑制。</translation>
        </message>
        <message>
            <source>YOLOv8, v10, 11, 26</source>
            <translation>YOLOv8、v10、11、26</translation>
        </message>
        <message>
            <source>an output [1, 4 + classes + extras, cells] or, end to end, [1, objects, 6 + extras]</source>
            <translation>一个输出 [1, 4 + 类别数 + 附加, 格数]；端到端时为 [1, 目标数, 6 + 附加]</translation>
        </message>
        <message>
            <source>{rows} rows are three anchors in each cell of the usual grids.</source>
            <translation>{rows} 行，即常用网格的每个单元有三个 anchor。</translation>
        </message>
        <message>
            <source>YOLOv5, YOLOv7</source>
            <translation>YOLOv5、YOLOv7</translation>
        </message>
        <message>
            <source>an output [1, 3 x cells, 5 + classes], three rows for each cell of the usual grids</source>
            <translation>一个输出 [1, 3 x 格数, 5 + 类别数]，常用网格的每格三行</translation>
        </message>
        <message>
            <source>{rows} rows are the cells of grids with the strides {strides}, a box in each.</source>
            <translation>{rows} 行，即步长为 {strides} 的网格的单元，每个单元一个框。</translation>
        </message>
        <message>
            <source>YOLOX, YOLOv6</source>
            <translation>YOLOX、YOLOv6</translation>
        </message>
        <message>
            <source>one output [1, cells, 5 + classes], a row for each cell of the usual grids</source>
            <translation>一个输出 [1, 格数, 5 + 类别数]，常用网格的每格一行</translation>
        </message>
        <message>
            <source>{path} is a HEIC picture, and what reads those is not installed.</source>
            <translation>{path} 是 HEIC 图片，而没有安装读取它的组件。</translation>
        </message>
        <message>
            <source>Install it with 'pip install pillow-heif', or save the picture as JPEG.</source>
            <translation>请用 'pip install pillow-heif' 安装，或将图片另存为 JPEG。</translation>
        </message>
        <message>
            <source>The labels {path} cannot be read: {strerror}.</source>
            <translation>无法读取标签文件 {path}：{strerror}。</translation>
        </message>
        <message>
            <source>The labels {path} cannot be read: it is not UTF-8 text.</source>
            <translation>无法读取标签文件 {path}：不是 UTF-8 文本。</translation>
        </message>
        <message>
            <source>Give a text file with a name a line, a JSON list, or a JSON object of names by class number.</source>
            <translation>请给出文本文件：每行一个名称、JSON 列表，或按类别编号给出名称的 JSON 对象。</translation>
        </message>
        <message>
            <source>{path} holds no labels.</source>
            <translation>{path} 中没有标签。</translation>
        </message>
        <message>
            <source>There are {labels:n} labels, but the model tells {classes} classes apart.</source>
            <translation>有 {labels:n} 个标签，而模型区分 {classes} 个类别。</translation>
        </message>
        <message>
            <source>Give the labels that this model was trained with, in its own order.</source>
            <translation>请给出训练此模型所用的标签，并保持原有顺序。</translation>
        </message>
        <message>
            <source>Copy or download the picture again.</source>
            <translation>请重新复制或下载图片。</translation>
        </message>
        <message>
            <source>{path} is too large to be read as a picture.</source>
            <translation>{path} 过大，无法作为图片读取。</translation>
        </message>
        <message>
            <source>Scale it down to below 268 million pixels.</source>
            <translation>请缩小到 2.68 亿像素以下。</translation>
        </message>
        <message>
            <source>{name} cannot hold this picture: its format is unknown, or too small for it.</source>
            <translation>{name} 无法保存此图片：格式未知，或对其来说过小。</translation>
        </message>
        <message>
            <source>Let the name end in .png.</source>
            <translation>请让文件名以 .png 结尾。</translation>
        </message>
        <message>
            <source>{name} could not be encoded.</source>
            <translation>{name} 无法编码。</translation>
        </message>
        <message>
            <source>Write a .png instead.</source>
            <translation>请改写为 .png。</translation>
        </message>
        <message>
            <source>high dynamic range, exposed for its bright parts</source>
            <translation>高动态范围，按亮部曝光</translation>
        </message>
        <message>
            <source>the first of several frames</source>
            <translation>多帧中的第一帧</translation>
        </message>
        <message>
            <source>{path} is an OpenEXR picture, which OpenCV does not read by default.</source>
            <translation>{path} 是 OpenEXR 图片，OpenCV 默认不读取。</translation>
        </message>
        <message>
            <source>Save it as .hdr or .png; or, if you trust the file, start the program with the environment variable OPENCV_IO_ENABLE_OPENEXR=1.</source>
            <translation>请另存为 .hdr 或 .png；若信任该文件，可设置环境变量 OPENCV_IO_ENABLE_OPENEXR=1 后启动程序。</translation>
        </message>
        <message>
            <source>{path} is a damaged or incomplete picture.</source>
            <translation>{path} 是已损坏或不完整的图片。</translation>
        </message>
        <message>
            <source>Copy or download it again.</source>
            <translation>请重新复制或下载。</translation>
        </message>
        <message>
            <source>{path} is not a picture that can be read.</source>
            <translation>{path} 不是可以读取的图片。</translation>
        </message>
        <message>
            <source>Use a JPEG, PNG, WebP, BMP or TIFF file.</source>
            <translation>请使用 JPEG、PNG、WebP、BMP 或 TIFF 文件。</translation>
        </message>
        <message>
            <source>This model does not take pictures with the {name} {given}.</source>
            <translation>此模型不接受 {name} 为 {given} 的图片。</translation>
        </message>
        <message>
            <source>It takes {words}.</source>
            <translation>它接受 {words}。</translation>
        </message>
        <message>
            <source>The model's own preprocessing is wrong</source>
            <translation>模型自带的预处理有误</translation>
        </message>
        <message>
            <source>This preprocessing is not possible</source>
            <translation>无法进行此预处理</translation>
        </message>
        <message>
            <source>{text} is neither a way of preprocessing nor a JSON object.</source>
            <translation>{text} 既不是预处理方式，也不是 JSON 对象。</translation>
        </message>
        <message>
            <source>Choose one of {presets}, or give fields as '{{"resize": "letterbox", "color": "BGR", "mean": [0], "std": [255]}}'.</source>
            <translation>请选择 {presets} 之一，或给出字段，如 '{{"resize": "letterbox", "color": "BGR", "mean": [0], "std": [255]}}'。</translation>
        </message>
        <message>
            <source>Write fields as in '{{"resize": "letterbox", "color": "BGR", "mean": [0], "std": [255]}}'. There are: {known}.</source>
            <translation>字段请写作 '{{"resize": "letterbox", "color": "BGR", "mean": [0], "std": [255]}}'。可用的有：{known}。</translation>
        </message>
        <message>
            <source>{complaint}: there is no {unknown}.</source>
            <translation>{complaint}：没有 {unknown}。</translation>
        </message>
        <message>
            <source>This model does not read text.</source>
            <translation>此模型不识别文本。</translation>
        </message>
        <message>
            <source>Choose one that recognises a line of text, as PP-OCR's rec models do; where it cannot be guessed, choose that task for it first.</source>
            <translation>请选择识别单行文本的模型，例如 PP-OCR 的 rec 模型；若无法自动判断，请先为它选择该任务。</translation>
        </message>
        <message>
            <source>As far as its inputs tell, this model does not take pictures.</source>
            <translation>从输入来看，此模型不接受图片。</translation>
        </message>
        <message>
            <source>Give a folder of .npz files, with an array for each input by name.</source>
            <translation>请给出存放 .npz 文件的文件夹，其中按名称为每个输入提供数组。</translation>
        </message>
        <message>
            <source>The network answered with NaN or infinity in {name}.</source>
            <translation>网络在 {name} 中给出了 NaN 或无穷大。</translation>
        </message>
        <message>
            <source>Check the preprocessing; an engine that does so in FP16 needs FP32 or BF16.</source>
            <translation>请检查预处理；若 FP16 引擎如此，则需要 FP32 或 BF16。</translation>
        </message>
        <message>
            <source>{name} has one score for each of {classes} labels.</source>
            <translation>{name} 为 {classes} 个标签各给出一个分数。</translation>
        </message>
        <message>
            <source>{name} has {classes} numbers, which may be scores.</source>
            <translation>{name} 有 {classes} 个数，可能是分数。</translation>
        </message>
        <message>
            <source>{name} has {classes} scores, as for CIFAR or ImageNet.</source>
            <translation>{name} 有 {classes} 个分数，与 CIFAR 或 ImageNet 相同。</translation>
        </message>
        <message>
            <source>An output of the shape {output} is not one score a class.</source>
            <translation>形状为 {output} 的输出不是每个类别一个分数。</translation>
        </message>
        <message>
            <source>Choose another task for this model, or look at its output tensors.</source>
            <translation>请为此模型选择其他任务，或查看其输出张量。</translation>
        </message>
        <message>
            <source>An output of the shape {shape} has no value for each part of a picture.</source>
            <translation>形状为 {shape} 的输出没有为图片的每个部分给出值。</translation>
        </message>
        <message>
            <source>Its metadata say: depth.</source>
            <translation>元数据说明：depth。</translation>
        </message>
        <message>
            <source>{name} has one number for each part of the picture.</source>
            <translation>{name} 为图片的每个部分给出一个数。</translation>
        </message>
        <message>
            <source>{name} is a vector of {size} numbers.</source>
            <translation>{name} 是 {size} 维向量。</translation>
        </message>
        <message>
            <source>There is no vector for each picture among outputs of the shape {shapes}.</source>
            <translation>形状为 {shapes} 的输出中没有每张图片的向量。</translation>
        </message>
        <message>
            <source>These answers are not embeddings of one network.</source>
            <translation>这些结果不是同一网络的 embedding。</translation>
        </message>
        <message>
            <source>Compare pictures that the same model has seen.</source>
            <translation>请比较同一模型处理过的图片。</translation>
        </message>
        <message>
            <source>A map of which nothing is known before run time, as a free size leaves it.</source>
            <translation>运行前形状未知的图，尺寸不固定时即如此。</translation>
        </message>
        <message>
            <source>{form} channels, larger than its input.</source>
            <translation>{form} 个通道，比输入大。</translation>
        </message>
        <message>
            <source>{form} channels, as large as its input.</source>
            <translation>{form} 个通道，与输入一样大。</translation>
        </message>
        <message>
            <source>{planes:n} channels are no picture.</source>
            <translation>{planes:n} 个通道不是图片。</translation>
        </message>
        <message>
            <source>Choose the task semantic-segmentation, or look at the output tensors.</source>
            <translation>请选择任务 semantic-segmentation，或查看输出张量。</translation>
        </message>
        <message>
            <source>masks</source>
            <translation>掩码</translation>
        </message>
        <message>
            <source>key points</source>
            <translation>关键点</translation>
        </message>
        <message>
            <source>{title} finds boxes too.</source>
            <translation>{title} 也能找到框。</translation>
        </message>
        <message>
            <source>Outputs of the shape {shapes} are those of no detector that is known.</source>
            <translation>形状为 {shapes} 的输出不属于任何已知的检测器。</translation>
        </message>
        <message>
            <source>Outputs of the shape {shapes} are not those of {title}.</source>
            <translation>形状为 {shapes} 的输出不属于 {title}。</translation>
        </message>
        <message>
            <source>It needs {form}. Choose another head, or let it be guessed.</source>
            <translation>需要 {form}。请选择其他检测头，或让程序自动判断。</translation>
        </message>
        <message>
            <source>This detector gives no {what}.</source>
            <translation>此检测器不提供{what}。</translation>
        </message>
        <message>
            <source>Choose the task detection, which every detector can do.</source>
            <translation>请选择任务 detection，每个检测器都支持。</translation>
        </message>
        <message>
            <source>angles</source>
            <translation>角度</translation>
        </message>
        <message>
            <source>Whole numbers for each part of the picture.</source>
            <translation>图片的每个部分为一个整数。</translation>
        </message>
        <message>
            <source>{channels} maps, which may be scores of classes.</source>
            <translation>{channels} 张图，可能是各类别的分数。</translation>
        </message>
        <message>
            <source>A map for each of {channels} labels.</source>
            <translation>{channels} 个标签各有一张图。</translation>
        </message>
        <message>
            <source>One map of fractions does not tell classes apart.</source>
            <translation>一张小数图无法区分类别。</translation>
        </message>
        <message>
            <source>Choose the task saliency or depth.</source>
            <translation>请选择任务 saliency 或 depth。</translation>
        </message>
        <message>
            <source>One map that is called {name}, as PP-OCR's.</source>
            <translation>一张名为 {name} 的图，与 PP-OCR 相同。</translation>
        </message>
        <message>
            <source>A score for each of {known:n} characters, which its metadata name.</source>
            <translation>元数据列出的 {known:n} 个字符各有一个分数。</translation>
        </message>
        <message>
            <source>An output of the shape {shape} has no score for each character.</source>
            <translation>形状为 {shape} 的输出没有为每个字符给出分数。</translation>
        </message>
        <message>
            <source>What characters this model tells apart is not known.</source>
            <translation>不知道此模型区分哪些字符。</translation>
        </message>
        <message>
            <source>Give a file with a character on each line, in the model's own order.</source>
            <translation>请给出每行一个字符的文件，并保持模型的顺序。</translation>
        </message>
        <message>
            <source>There are {known:n} characters, but the model tells {count} apart.</source>
            <translation>有 {known:n} 个字符，而模型区分 {count} 个。</translation>
        </message>
        <message>
            <source>Give the characters that this model was trained with, in its own order.</source>
            <translation>请给出训练此模型所用的字符，并保持原有顺序。</translation>
        </message>
        <message>
            <source>There is no room to hand over {nbytes}.</source>
            <translation>没有空间传递 {nbytes}。</translation>
        </message>
        <message>
            <source>Free some memory or space in the temporary folder, or use a smaller batch.</source>
            <translation>请释放一些内存或临时文件夹的空间，或使用更小的批次。</translation>
        </message>
        <message>
            <source>The engine process was killed.</source>
            <translation>引擎进程被终止。</translation>
        </message>
        <message>
            <source>The system may have run out of memory: try a smaller batch or workspace.</source>
            <translation>系统可能内存不足：请使用更小的批次或工作空间。</translation>
        </message>
        <message>
            <source>The engine process ended by itself (exit status {code}).</source>
            <translation>引擎进程自行结束（退出状态 {code}）。</translation>
        </message>
        <message>
            <source>Check that TRT Studio is installed for {python}; the details say what it lacks.</source>
            <translation>请检查 {python} 是否安装了 TRT Studio；缺少什么见详细信息。</translation>
        </message>
        <message>
            <source>The engine process crashed ({value}).</source>
            <translation>引擎进程崩溃 ({value})。</translation>
        </message>
        <message>
            <source>The engine process crashed (status 0x{code:n}).</source>
            <translation>引擎进程崩溃（状态 0x{code:n}）。</translation>
        </message>
        <message>
            <source>It starts again by itself. If this happens again, report it with the details.</source>
            <translation>它会自动重新启动。若再次发生，请附上详细信息反馈。</translation>
        </message>
        <message>
            <source>A {name} of {body} is too large.</source>
            <translation>{name} 为 {body}，太大了。</translation>
        </message>
        <message>
            <source>The program is closing.</source>
            <translation>程序正在关闭。</translation>
        </message>
        <message>
            <source>Stopped before it began.</source>
            <translation>在开始前已停止。</translation>
        </message>
        <message>
            <source>comparison of loops</source>
            <translation>循环比较</translation>
        </message>
        <message>
            <source>timing of the layers</source>
            <translation>各层计时</translation>
        </message>
        <message>
            <source>waiting for the {what} to finish</source>
            <translation>正在等待 {what} 完成</translation>
        </message>
        <message>
            <source>The GPU stopped working for the engine process: {words}.</source>
            <translation>GPU 在引擎进程中停止工作：{words}。</translation>
        </message>
        <message>
            <source>The process starts again by itself; what was loaded in it must be loaded again. If the same model does this again, build its engine anew.</source>
            <translation>该进程会自动重新启动；其中加载的内容须重新加载。若同一模型再次如此，请重新构建其引擎。</translation>
        </message>
        <message>
            <source>The engine process was told to end.</source>
            <translation>引擎进程已按要求结束。</translation>
        </message>
        <message>
            <source>The engine process was ended: work in it did not stop when asked to.</source>
            <translation>引擎进程已被结束：其中的工作没有按要求停止。</translation>
        </message>
        <message>
            <source>It starts again by itself; what was loaded in it must be loaded again.</source>
            <translation>它会自动重新启动；其中加载的内容须重新加载。</translation>
        </message>
        <message>
            <source>The engine process cannot be used: {error}</source>
            <translation>无法使用引擎进程：{error}</translation>
        </message>
        <message>
            <source>Check that {python} is a Python that TRT Studio can use.</source>
            <translation>请检查 {python} 是否为 TRT Studio 可用的 Python。</translation>
        </message>
        <message>
            <source>The engine process sent something that is no message.</source>
            <translation>引擎进程发来的内容不是消息。</translation>
        </message>
        <message>
            <source>The process that read {path} was ended by it.</source>
            <translation>读取 {path} 的进程因它而终止。</translation>
        </message>
        <message>
            <source>It may be damaged: open it with another program, and save it anew.</source>
            <translation>它可能已损坏：请用其他程序打开并重新保存。</translation>
        </message>
        <message>
            <source>Free some memory or space in the temporary folder.</source>
            <translation>请释放一些内存或临时文件夹的空间。</translation>
        </message>
        <message>
            <source>This runtime does not know {kind}.</source>
            <translation>此运行时不支持 {kind}。</translation>
        </message>
        <message>
            <source>Install the same version of TRT Studio for it as the window's.</source>
            <translation>请为它安装与窗口相同版本的 TRT Studio。</translation>
        </message>
    </context>
    <context>
        <name>Desk</name>
        <message>
            <source>Looking for TensorRT and GPUs</source>
            <translation>查找 TensorRT 和 GPU</translation>
        </message>
    </context>
    <context>
        <name>DifferencePanel</name>
        <message>
            <source>Go to the largest</source>
            <translation>转到最大差异处</translation>
        </message>
        <message>
            <source>Show where the values differ most</source>
            <translation>显示差异最大的位置</translation>
        </message>
        <message>
            <source>Relative tolerance</source>
            <translation>相对容差</translation>
        </message>
        <message>
            <source>Absolute tolerance</source>
            <translation>绝对容差</translation>
        </message>
        <message>
            <source>Difference from {name}</source>
            <translation>与 {name} 的差异</translation>
        </message>
        <message>
            <source>Comparing ...</source>
            <translation>正在比较…</translation>
        </message>
        <message>
            <source>Max abs</source>
            <translation>最大绝对误差</translation>
        </message>
        <message>
            <source>At</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>Mean abs</source>
            <translation>平均绝对误差</translation>
        </message>
        <message>
            <source>Max rel</source>
            <translation>最大相对误差</translation>
        </message>
        <message>
            <source>Rel L2</source>
            <translation>相对 L2</translation>
        </message>
        <message>
            <source>Cosine</source>
            <translation>余弦相似度</translation>
        </message>
        <message>
            <source>Outside</source>
            <translation>超出容差</translation>
        </message>
        <message>
            <source>All close</source>
            <translation>全部接近</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>是</translation>
        </message>
        <message>
            <source>no</source>
            <translation>否</translation>
        </message>
        <message>
            <source>NaN in one</source>
            <translation>仅一侧为 NaN</translation>
        </message>
    </context>
    <context>
        <name>DoctorView</name>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>End it now and keep the ways that are done</source>
            <translation>立即结束，保留已完成的方式</translation>
        </message>
        <message>
            <source>Feed pictures like this from now on</source>
            <translation>以后都这样输入图片</translation>
        </message>
        <message>
            <source>In force</source>
            <translation>当前</translation>
        </message>
        <message>
            <source>{done} of {count} ways of feeding the picture are tried ...</source>
            <translation>正在尝试图片的输入方式：{done} / {count}…</translation>
        </message>
        <message>
            <source>Surest, in force</source>
            <translation>置信度最高，当前</translation>
        </message>
        <message>
            <source>Surest</source>
            <translation>置信度最高</translation>
        </message>
        <message>
            <source>Click the way that is right. The surest answer is marked, as a hint only: a network can be sure of what is wrong.</source>
            <translation>单击正确的方式。置信度最高的结果已标出，但仅供参考：网络也可能对错误的结果很有把握。</translation>
        </message>
    </context>
    <context>
        <name>EarlierEditor</name>
        <message>
            <source>Earlier output for {name}</source>
            <translation>用于 {name} 的先前输出</translation>
        </message>
        <message>
            <source>Choose an earlier output.</source>
            <translation>请选择先前的输出。</translation>
        </message>
        <message>
            <source>No run that is remembered has an output of such a shape.</source>
            <translation>已保留的运行中没有这种形状的输出。</translation>
        </message>
    </context>
    <context>
        <name>EarlierSweeps</name>
        <message>
            <source>Earlier sweeps</source>
            <translation>历史扫描</translation>
        </message>
        <message>
            <source>This model was not swept yet.</source>
            <translation>尚未扫描此模型。</translation>
        </message>
        <message>
            <source>Show a sweep of this model again</source>
            <translation>重新显示此模型以前的扫描</translation>
        </message>
        <message>
            <source>{when}  {axes}  ({points}, {runtime})</source>
            <translation>{when}  {axes}  ({points}，{runtime})</translation>
        </message>
        <message>
            <source>{when}  {axes}  ({points}, stopped, {runtime})</source>
            <translation>{when}  {axes}  ({points}，已停止，{runtime})</translation>
        </message>
        <message>
            <source>1 point</source>
            <translation>1 个点</translation>
        </message>
        <message>
            <source>{count:,} points</source>
            <translation>{count:,} 个点</translation>
        </message>
    </context>
    <context>
        <name>ExportBar</name>
        <message>
            <source>Copy as text</source>
            <translation>复制为文本</translation>
        </message>
        <message>
            <source>Copy the figures as text</source>
            <translation>以文本格式复制这些数值</translation>
        </message>
        <message>
            <source>Copy as JSON</source>
            <translation>复制为 JSON</translation>
        </message>
        <message>
            <source>Copy the figures as JSON</source>
            <translation>以 JSON 格式复制这些数值</translation>
        </message>
        <message>
            <source>Save ...</source>
            <translation>保存…</translation>
        </message>
        <message>
            <source>The measurement has no complete result yet.</source>
            <translation>测量尚无完整结果。</translation>
        </message>
        <message>
            <source>As JSON with every inference, or as CSV</source>
            <translation>JSON（含每次推理）或 CSV</translation>
        </message>
        <message>
            <source>Saved {path}</source>
            <translation>已保存 {path}</translation>
        </message>
        <message>
            <source>JSON with every inference (*.json)</source>
            <translation>JSON，含每次推理 (*.json)</translation>
        </message>
        <message>
            <source>CSV of the figures (*.csv)</source>
            <translation>CSV，汇总数据 (*.csv)</translation>
        </message>
        <message>
            <source>CSV of every inference (*.csv)</source>
            <translation>CSV，每次推理 (*.csv)</translation>
        </message>
        <message>
            <source>Save the benchmark</source>
            <translation>保存基准测试</translation>
        </message>
    </context>
    <context>
        <name>ExportMenu</name>
        <message>
            <source>Copy these values</source>
            <translation>复制这些值</translation>
        </message>
        <message>
            <source>Copy picture</source>
            <translation>复制图片</translation>
        </message>
        <message>
            <source>Save these values as CSV ...</source>
            <translation>这些值另存为 CSV…</translation>
        </message>
        <message>
            <source>Save these values as .npy ...</source>
            <translation>这些值另存为 .npy…</translation>
        </message>
        <message>
            <source>Save picture as PNG ...</source>
            <translation>图片另存为 PNG…</translation>
        </message>
        <message>
            <source>Save the whole tensor as .npy ...</source>
            <translation>整个张量另存为 .npy…</translation>
        </message>
        <message>
            <source>{count:,} values are too many to copy. Save them instead.</source>
            <translation>{count:,} 个值太多，无法复制。请改为保存。</translation>
        </message>
        <message>
            <source>Text (*.csv)</source>
            <translation>文本 (*.csv)</translation>
        </message>
        <message>
            <source>Pictures (*.png)</source>
            <translation>图片 (*.png)</translation>
        </message>
        <message>
            <source>NumPy array (*.npy)</source>
            <translation>NumPy 数组 (*.npy)</translation>
        </message>
        <message>
            <source>This picture would be too large.</source>
            <translation>此图片会过大。</translation>
        </message>
        <message>
            <source>Saving {name}</source>
            <translation>保存 {name}</translation>
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
        <name>FileEditor</name>
        <message>
            <source>File for {name}</source>
            <translation>{name} 的文件</translation>
        </message>
        <message>
            <source>Array for {name}</source>
            <translation>{name} 的数组</translation>
        </message>
        <message>
            <source>Choose a file ...</source>
            <translation>选择文件…</translation>
        </message>
        <message>
            <source>Choose a file for {name}</source>
            <translation>为 {name} 选择文件</translation>
        </message>
        <message>
            <source>Values of {name}</source>
            <translation>{name} 的值</translation>
        </message>
    </context>
    <context>
        <name>FileList</name>
        <message>
            <source>Choose files</source>
            <translation>选择文件</translation>
        </message>
        <message>
            <source>Remove {name}</source>
            <translation>移除 {name}</translation>
        </message>
    </context>
    <context>
        <name>Fold</name>
        <message>
            <source>Show or hide what is below</source>
            <translation>显示或隐藏下面的内容</translation>
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
        <name>GpuCurves</name>
        <message>
            <source>GPU {number}</source>
            <translation>GPU {number}</translation>
        </message>
        <message>
            <source>GPU {number} alone</source>
            <translation>仅 GPU {number}</translation>
        </message>
        <message>
            <source>Latency (ms)</source>
            <translation>延迟 (ms)</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>秒</translation>
        </message>
        <message>
            <source>Throughput (1/s)</source>
            <translation>吞吐量 (1/s)</translation>
        </message>
    </context>
    <context>
        <name>GpusView</name>
        <message>
            <source>Throughput against one GPU</source>
            <translation>相对单个 GPU 的吞吐量</translation>
        </message>
        <message>
            <source>What each GPU did</source>
            <translation>各 GPU 的结果</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Measure the first GPU alone, then all together</source>
            <translation>先单独测量第一个 GPU，再同时测量全部</translation>
        </message>
        <message>
            <source>End it now and keep the GPUs that are done (Esc)</source>
            <translation>立即结束，保留已完成的 GPU (Esc)</translation>
        </message>
        <message>
            <source>Several GPUs at once</source>
            <translation>多个 GPU 同时测量</translation>
        </message>
        <message>
            <source>This takes two NVIDIA GPUs or more in this machine, and a TensorRT engine.</source>
            <translation>这需要本机有两块或更多 NVIDIA GPU，以及一个 TensorRT 引擎。</translation>
        </message>
        <message>
            <source>Press Start: each GPU's curves appear here while it is measured.</source>
            <translation>点击“开始”：测量时，各 GPU 的曲线会显示在这里。</translation>
        </message>
        <message>
            <source>Choose two GPUs or more.</source>
            <translation>请选择两个或更多 GPU。</translation>
        </message>
        <message>
            <source>{rate:,.1f} inferences per second together, {alone:,.1f} on one GPU.</source>
            <translation>同时运行合计每秒 {rate:,.1f} 次推理，单个 GPU 为 {alone:,.1f} 次。</translation>
        </message>
        <message>
            <source>Loads the engine onto each GPU in a process of its own, measures the first alone and then all at the same time, each for {seconds:g} s as the Benchmark form says.</source>
            <translation>在各自的进程中将引擎加载到每个 GPU，先单独测量第一个，再同时测量全部，每次测量 {seconds:g} s，采用“基准测试”表单的设置。</translation>
        </message>
        <message>
            <source>Loading the model ...</source>
            <translation>正在加载模型…</translation>
        </message>
        <message>
            <source>Done.</source>
            <translation>已完成。</translation>
        </message>
        <message>
            <source>Measuring GPU {number} alone, {seconds:.1f} of {whole:g} s</source>
            <translation>正在单独测量 GPU {number}，{seconds:.1f} / {whole:g} s</translation>
        </message>
        <message>
            <source>Measuring GPU {number} alone ...</source>
            <translation>正在单独测量 GPU {number}…</translation>
        </message>
        <message>
            <source>Measuring all together, {seconds:.1f} of {whole:g} s</source>
            <translation>正在同时测量全部 GPU，{seconds:.1f} / {whole:g} s</translation>
        </message>
        <message>
            <source>Measuring all together ...</source>
            <translation>正在同时测量全部 GPU…</translation>
        </message>
    </context>
    <context>
        <name>Graph</name>
        <message>
            <source>Layers {first} – {last}</source>
            <translation>层 {first} – {last}</translation>
        </message>
        <message>
            <source>1 layer</source>
            <translation>1 层</translation>
        </message>
        <message>
            <source>{count:,} layers</source>
            <translation>{count:,} 层</translation>
        </message>
        <message>
            <source>input</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>output</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>{index}: {type}
{name}</source>
            <translation>{index}: {type}
{name}</translation>
        </message>
        <message>
            <source>Enter or a double click opens its subgraphs.</source>
            <translation>按 Enter 或双击打开其子图。</translation>
        </message>
        <message>
            <source>up to {figure}</source>
            <translation>最大 {figure}</translation>
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
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>FLOPs</source>
            <translation>FLOPs</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>参数量</translation>
        </message>
        <message>
            <source>Activations</source>
            <translation>激活值</translation>
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
            <source>As last timed on the Measure page. After ≤: the layer was fused with others, and this is the time of all of them together. Click to sort.</source>
            <translation>上次在“测量”页测得的时间。带 ≤ 表示该层与其他层融合，此为它们的总时间。单击排序。</translation>
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
        <name>Histogram</name>
        <message>
            <source>Count</source>
            <translation>数量</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>值</translation>
        </message>
        <message>
            <source>Logarithmic counts</source>
            <translation>数量取对数</translation>
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
        <name>InputEditors</name>
        <message>
            <source>A picture ({suffixes})</source>
            <translation>图片 ({suffixes})</translation>
        </message>
        <message>
            <source>Choose a picture.</source>
            <translation>请选择图片。</translation>
        </message>
        <message>
            <source>NumPy arrays and bare values (*.npy *.npz *.bin *.raw *.dat);;Any (*)</source>
            <translation>NumPy 数组和原始数值 (*.npy *.npz *.bin *.raw *.dat);;任意 (*)</translation>
        </message>
        <message>
            <source>Choose a file.</source>
            <translation>请选择文件。</translation>
        </message>
    </context>
    <context>
        <name>InputForm</name>
        <message>
            <source>Something is wrong with an input.</source>
            <translation>某个输入有问题。</translation>
        </message>
        <message>
            <source>No profile of the engine takes these shapes together.</source>
            <translation>引擎没有能同时接受这些形状的配置。</translation>
        </message>
        <message>
            <source>Other numbers</source>
            <translation>换一组数</translation>
        </message>
        <message>
            <source>Another seed for every random input</source>
            <translation>为每个随机输入换一个种子</translation>
        </message>
        <message>
            <source>Run these inputs</source>
            <translation>运行这些输入</translation>
        </message>
        <message>
            <source>Run the model on these inputs (Ctrl+Enter)</source>
            <translation>用这些输入运行模型 (Ctrl+Enter)</translation>
        </message>
    </context>
    <context>
        <name>InputLine</name>
        <message>
            <source>its values decide on a shape</source>
            <translation>其值决定形状</translation>
        </message>
        <message>
            <source>A shape tensor: the profile bounds its values</source>
            <translation>形状张量：优化配置文件限定的是它的值</translation>
        </message>
        <message>
            <source>Shape of {name}</source>
            <translation>{name} 的形状</translation>
        </message>
        <message>
            <source>as 1 x 3 x ? x ?, ? for a size that changes</source>
            <translation>如 1 x 3 x ? x ?，? 表示可变的尺寸</translation>
        </message>
        <message>
            <source>Declare another shape</source>
            <translation>声明其他形状</translation>
        </message>
        <message>
            <source>Back to the model's own shape</source>
            <translation>恢复模型自身的形状</translation>
        </message>
        <message>
            <source>The model itself says {shape}.</source>
            <translation>模型自身声明为 {shape}。</translation>
        </message>
        <message>
            <source>Write the shape of {name} as 1 x 3 x ? x ?.</source>
            <translation>请将 {name} 的形状写成 1 x 3 x ? x ? 的形式。</translation>
        </message>
        <message>
            <source>{name} has {rank} sizes, and these are {count}.</source>
            <translation>{name} 有 {rank} 个维度，此处给出了 {count} 个。</translation>
        </message>
        <message>
            <source>{name}: {dtype} of unknown rank; declare its shape</source>
            <translation>{name}: {dtype}，秩未知；请声明其形状</translation>
        </message>
        <message>
            <source>{name}: {shape}, {dtype}, fixed</source>
            <translation>{name}: {shape}, {dtype}，固定</translation>
        </message>
        <message>
            <source>{name}: {shape}, {dtype}</source>
            <translation>{name}: {shape}, {dtype}</translation>
        </message>
    </context>
    <context>
        <name>InputList</name>
        <message>
            <source>1 input of fixed shape</source>
            <translation>1 个固定形状的输入</translation>
        </message>
        <message>
            <source>{count} inputs of fixed shape</source>
            <translation>{count} 个固定形状的输入</translation>
        </message>
    </context>
    <context>
        <name>InputPanel</name>
        <message>
            <source>The model is not loaded.</source>
            <translation>模型未加载。</translation>
        </message>
        <message>
            <source>Say where the values of each input come from</source>
            <translation>指定每个输入的值从哪里来</translation>
        </message>
    </context>
    <context>
        <name>InputRow</name>
        <message>
            <source>Shape of {name}</source>
            <translation>{name} 的形状</translation>
        </message>
        <message>
            <source>Source of {name}</source>
            <translation>{name} 的来源</translation>
        </message>
        <message>
            <source>Random</source>
            <translation>随机</translation>
        </message>
        <message>
            <source>Constant</source>
            <translation>常量</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Earlier output</source>
            <translation>先前的输出</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>The shape is that of what is fed.</source>
            <translation>形状由所给数据决定。</translation>
        </message>
        <message>
            <source>Made from the picture.</source>
            <translation>由图片生成。</translation>
        </message>
        <message>
            <source>Profile: {bounds}</source>
            <translation>配置：{bounds}</translation>
        </message>
        <message>
            <source>It takes the shape {shape}: sizes with x between them.</source>
            <translation>它的形状是 {shape}：各维大小之间用 x 分隔。</translation>
        </message>
        <message>
            <source>{shape} is outside the engine's profiles: {bounds}.</source>
            <translation>{shape} 超出引擎的配置范围：{bounds}。</translation>
        </message>
    </context>
    <context>
        <name>Insights</name>
        <message>
            <source>Looking for findings in {name}</source>
            <translation>检查 {name}</translation>
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
        <name>KeptPlots</name>
        <message>
            <source>Over time</source>
            <translation>随时间</translation>
        </message>
        <message>
            <source>Shares</source>
            <translation>累计占比</translation>
        </message>
        <message>
            <source>Distribution</source>
            <translation>分布</translation>
        </message>
        <message>
            <source>How the times are drawn</source>
            <translation>时间的绘制方式</translation>
        </message>
        <message>
            <source>Which time</source>
            <translation>时间类型</translation>
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
            <source>Enqueue</source>
            <translation>Enqueue</translation>
        </message>
        <message>
            <source>Host</source>
            <translation>主机</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>秒</translation>
        </message>
        <message>
            <source>Up to (%)</source>
            <translation>累计 (%)</translation>
        </message>
        <message>
            <source>Inferences (%)</source>
            <translation>推理 (%)</translation>
        </message>
        <message>
            <source>This time was not measured.</source>
            <translation>没有测量这项时间。</translation>
        </message>
        <message>
            <source>+ {count} not drawn</source>
            <translation>另有 {count} 条未绘制</translation>
        </message>
    </context>
    <context>
        <name>KeptRuns</name>
        <message>
            <source>Saved {path}</source>
            <translation>已保存 {path}</translation>
        </message>
    </context>
    <context>
        <name>KeptRunsView</name>
        <message>
            <source>Kept benchmarks</source>
            <translation>已保存的基准测试</translation>
        </message>
        <message>
            <source>Filter by model, GPU, method, note ...</source>
            <translation>筛选：模型、GPU、方法、备注…</translation>
        </message>
        <message>
            <source>Filter the benchmarks</source>
            <translation>筛选基准测试</translation>
        </message>
        <message>
            <source>Whole set</source>
            <translation>整组</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>备注</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Figures of the chosen benchmarks</source>
            <translation>所选基准测试的数据</translation>
        </message>
        <message>
            <source>Choose a benchmark that is a part of several</source>
            <translation>请选择一个属于某组的基准测试</translation>
        </message>
        <message>
            <source>Choose all that were measured with it</source>
            <translation>选择与其一同测量的所有基准测试</translation>
        </message>
        <message>
            <source>Choose one benchmark</source>
            <translation>请选择一个基准测试</translation>
        </message>
        <message>
            <source>Write a note to it</source>
            <translation>为其写备注</translation>
        </message>
        <message>
            <source>Nothing is chosen.</source>
            <translation>没有选择任何项。</translation>
        </message>
        <message>
            <source>Open the models of the chosen benchmarks</source>
            <translation>打开所选基准测试的模型</translation>
        </message>
        <message>
            <source>Remove them from the history (Del)</source>
            <translation>从历史记录中移除 (Del)</translation>
        </message>
        <message>
            <source>Nothing was measured yet. Every finished benchmark is kept here by itself, those of the command line too.</source>
            <translation>还没有测量。每次完成的基准测试都会自动保存在这里，包括命令行的测试。</translation>
        </message>
        <message>
            <source>Every finished benchmark is kept here by itself. Choose one to see its figures, several to compare them with the first.</source>
            <translation>每次完成的基准测试都会自动保存在这里。选择一个可查看其数据，选择多个可与第一个比较。</translation>
        </message>
    </context>
    <context>
        <name>LastRunButton</name>
        <message>
            <source>Show the last run: {name}, {answers}</source>
            <translation>显示上次运行：{name}，{answers}</translation>
        </message>
        <message>
            <source>1 answer</source>
            <translation>1 个结果</translation>
        </message>
        <message>
            <source>{count:,} answers</source>
            <translation>{count:,} 个结果</translation>
        </message>
    </context>
    <context>
        <name>LatencyPlot</name>
        <message>
            <source>Iterations</source>
            <translation>迭代次数</translation>
        </message>
        <message>
            <source>Latency (ms)</source>
            <translation>延迟 (ms)</translation>
        </message>
    </context>
    <context>
        <name>LayerFigures</name>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>FLOPs</source>
            <translation>FLOPs</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>参数量</translation>
        </message>
        <message>
            <source>Activations</source>
            <translation>激活值</translation>
        </message>
    </context>
    <context>
        <name>LayerFiles</name>
        <message>
            <source>Save the rows</source>
            <translation>保存各行</translation>
        </message>
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
        <name>LayerProfile</name>
        <message>
            <source>One inference takes {whole:.3f} ms, its {count:,} layers {sum:.3f} ms together.</source>
            <translation>一次推理耗时 {whole:.3f} ms，其 {count:,} 层合计 {sum:.3f} ms。</translation>
        </message>
        <message>
            <source>{gap:.3f} ms ({share}) are between the layers or were not timed.</source>
            <translation>{gap:.3f} ms ({share}) 在层与层之间，或未被计时。</translation>
        </message>
        <message>
            <source>Timing them one by one costs {gap:.3f} ms ({share}), or some run at the same time.</source>
            <translation>逐层计时增加了 {gap:.3f} ms ({share})，或有些层同时运行。</translation>
        </message>
        <message>
            <source>Times of 1 inference</source>
            <translation>1 次推理的时间</translation>
        </message>
        <message>
            <source>Medians of {count:,} inferences</source>
            <translation>{count:,} 次推理的中位数</translation>
        </message>
    </context>
    <context>
        <name>LayerProfiles</name>
        <message>
            <source>Timing the layers of {name}</source>
            <translation>为 {name} 的各层计时</translation>
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
        <name>LayerTimeBars</name>
        <message>
            <source>The slowest layers</source>
            <translation>最慢的层</translation>
        </message>
    </context>
    <context>
        <name>LayerTimeModel</name>
        <message>
            <source>Layer</source>
            <translation>层</translation>
        </message>
        <message>
            <source>ONNX nodes</source>
            <translation>ONNX 节点</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>层数</translation>
        </message>
        <message>
            <source>Median (ms)</source>
            <translation>中位数 (ms)</translation>
        </message>
        <message>
            <source>Mean (ms)</source>
            <translation>平均 (ms)</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>占比</translation>
        </message>
    </context>
    <context>
        <name>LayerTimeTable</name>
        <message>
            <source>Times of the layers</source>
            <translation>各层的时间</translation>
        </message>
    </context>
    <context>
        <name>LayersView</name>
        <message>
            <source>Saved {path}</source>
            <translation>已保存 {path}</translation>
        </message>
        <message>
            <source>Press Profile: the slowest layers and a table of all of them appear here.</source>
            <translation>点击“性能剖析”：最慢的层和全部层的表格会显示在这里。</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>性能剖析</translation>
        </message>
        <message>
            <source>Time every layer</source>
            <translation>为每一层计时</translation>
        </message>
        <message>
            <source>End it now (Esc)</source>
            <translation>立即结束 (Esc)</translation>
        </message>
        <message>
            <source>Inferences</source>
            <translation>推理次数</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>层</translation>
        </message>
        <message>
            <source>ONNX nodes</source>
            <translation>ONNX 节点</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>What the times are told by</source>
            <translation>时间的归类方式</translation>
        </message>
        <message>
            <source>Show on the graph</source>
            <translation>在图中显示</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>As &amp;CSV</source>
            <translation>CSV(&amp;C)</translation>
        </message>
        <message>
            <source>As &amp;JSON</source>
            <translation>JSON(&amp;J)</translation>
        </message>
        <message>
            <source>Save ...</source>
            <translation>保存…</translation>
        </message>
        <message>
            <source>Save the times of the layers</source>
            <translation>保存各层的时间</translation>
        </message>
        <message>
            <source>Colour the graph by these times</source>
            <translation>按这些时间给计算图着色</translation>
        </message>
        <message>
            <source>Copy the times as CSV or JSON</source>
            <translation>以 CSV 或 JSON 复制各层时间</translation>
        </message>
        <message>
            <source>Save the times as CSV or JSON</source>
            <translation>以 CSV 或 JSON 保存各层时间</translation>
        </message>
        <message>
            <source>There is no profile yet.</source>
            <translation>尚无剖析结果。</translation>
        </message>
        <message>
            <source>Times every layer over some inferences, after the whole without a profiler, with the shapes of the Benchmark form. A click on a layer then selects it everywhere.</source>
            <translation>先在不启用性能剖析时测量整体，再用若干次推理为每一层计时，形状取自“基准测试”表单。之后单击某一层，即可在各处选中它。</translation>
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
        <name>LineView</name>
        <message>
            <source>Value</source>
            <translation>值</translation>
        </message>
        <message>
            <source>Position</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>Drawn: the smallest and the largest of every {step} values.</source>
            <translation>绘制的是每 {step} 个值中的最小值和最大值。</translation>
        </message>
        <message>
            <source>Purple dots: NaN.</source>
            <translation>紫色点：NaN。</translation>
        </message>
        <message>
            <source>Orange dots: infinite.</source>
            <translation>橙色点：无穷大。</translation>
        </message>
    </context>
    <context>
        <name>LoadForm</name>
        <message>
            <source>New weights ...</source>
            <translation>更换权重…</translation>
        </message>
        <message>
            <source>Give a refittable engine the weights of another ONNX model</source>
            <translation>将另一 ONNX 模型的权重用于可 refit 的引擎</translation>
        </message>
        <message>
            <source>Only an engine has choices here: it is loaded onto a GPU.</source>
            <translation>只有引擎才有此处的选项：引擎会加载到 GPU 上。</translation>
        </message>
        <message>
            <source>GPU</source>
            <translation>GPU</translation>
        </message>
        <message>
            <source>Where the model runs.</source>
            <translation>模型在哪里运行。</translation>
        </message>
        <message>
            <source>This machine has no second GPU.</source>
            <translation>本机没有第二个 GPU。</translation>
        </message>
        <message>
            <source>What is compiled for this GPU is there at the next start.</source>
            <translation>为此 GPU 编译的 kernel 在下次启动时仍可使用。</translation>
        </message>
        <message>
            <source>Keep compiled kernels</source>
            <translation>保存已编译的 kernel</translation>
        </message>
        <message>
            <source>All on the GPU</source>
            <translation>全部放在 GPU 上</translation>
        </message>
        <message>
            <source>As many as fit</source>
            <translation>按可用显存</translation>
        </message>
        <message>
            <source>Up to a budget</source>
            <translation>按预算</translation>
        </message>
        <message>
            <source> MiB</source>
            <translation> MiB</translation>
        </message>
        <message>
            <source>Budget of the weights on the GPU</source>
            <translation>GPU 上权重的预算</translation>
        </message>
        <message>
            <source>The rest comes from the host's memory in every inference.</source>
            <translation>其余权重在每次推理时从主机内存读取。</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>权重</translation>
        </message>
        <message>
            <source>As the runtime does</source>
            <translation>运行时默认</translation>
        </message>
        <message>
            <source>CUDA graphs of the runtime</source>
            <translation>运行时的 CUDA Graph</translation>
        </message>
        <message>
            <source>It captures and replays an inference by itself.</source>
            <translation>运行时自行捕获并重放推理。</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Whole inference</source>
            <translation>整个推理</translation>
        </message>
        <message>
            <source>Kernels for exact shapes</source>
            <translation>针对确切形状的 kernel</translation>
        </message>
        <message>
            <source>When better kernels are compiled for the shapes in use.</source>
            <translation>何时为所用的形状编译更好的 kernel。</translation>
        </message>
        <message>
            <source>In the background</source>
            <translation>在后台</translation>
        </message>
        <message>
            <source>At once</source>
            <translation>立即</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>从不</translation>
        </message>
        <message>
            <source>Memory of activations</source>
            <translation>激活值显存</translation>
        </message>
        <message>
            <source>What it is allocated for.</source>
            <translation>按什么分配。</translation>
        </message>
        <message>
            <source>All profiles</source>
            <translation>所有优化配置文件</translation>
        </message>
        <message>
            <source>The profile in use</source>
            <translation>所用的优化配置文件</translation>
        </message>
        <message>
            <source>The shapes in use</source>
            <translation>所用的形状</translation>
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
            <source>1 line</source>
            <translation>1 行</translation>
        </message>
        <message>
            <source>{count:,} lines</source>
            <translation>{count:,} 行</translation>
        </message>
        <message>
            <source>{shown:,} of {lines}</source>
            <translation>{shown:,} / {lines}</translation>
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
        <name>LoopForm</name>
        <message>
            <source>Streams</source>
            <translation>流</translation>
        </message>
        <message>
            <source>So many inferences at the same time, each with memory of its own.</source>
            <translation>同时进行的推理数，各用各的内存。</translation>
        </message>
        <message>
            <source>Overlap</source>
            <translation>重叠</translation>
        </message>
        <message>
            <source>Copies of one inference go beside the compute of the one before.</source>
            <translation>一次推理的拷贝与前一次的计算同时进行。</translation>
        </message>
        <message>
            <source>Transfers</source>
            <translation>传输</translation>
        </message>
        <message>
            <source>Every inference copies its inputs to the GPU and its outputs back.</source>
            <translation>每次推理都把输入拷贝到 GPU，再把输出拷回。</translation>
        </message>
        <message>
            <source>CUDA graph</source>
            <translation>CUDA Graph</translation>
        </message>
        <message>
            <source>The GPU replays a recording, so the CPU has hardly anything to start.</source>
            <translation>GPU 重放录制的内容，CPU 几乎无需启动什么。</translation>
        </message>
        <message>
            <source>Spin wait</source>
            <translation>自旋等待</translation>
        </message>
        <message>
            <source>A busy core hears of the end at once, instead of being woken up.</source>
            <translation>忙等的核心能立即得知结束，无需被唤醒。</translation>
        </message>
        <message>
            <source>Page-locked memory</source>
            <translation>页锁定内存</translation>
        </message>
        <message>
            <source>The GPU copies from the host's memory directly.</source>
            <translation>GPU 直接从主机内存拷贝。</translation>
        </message>
    </context>
    <context>
        <name>LoopRow</name>
        <message>
            <source>your settings</source>
            <translation>当前设置</translation>
        </message>
        <message>
            <source>Per second</source>
            <translation>每秒次数</translation>
        </message>
        <message>
            <source>Latency (ms)</source>
            <translation>延迟 (ms)</translation>
        </message>
        <message>
            <source>Compute (ms)</source>
            <translation>计算 (ms)</translation>
        </message>
        <message>
            <source>Copy in (ms)</source>
            <translation>拷入 (ms)</translation>
        </message>
        <message>
            <source>Copy out (ms)</source>
            <translation>拷出 (ms)</translation>
        </message>
        <message>
            <source>Enqueue (ms)</source>
            <translation>Enqueue (ms)</translation>
        </message>
        <message>
            <source>The median of all inferences</source>
            <translation>所有推理的中位数</translation>
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
            <source>Method</source>
            <translation>方法</translation>
        </message>
        <message>
            <source>studio (one after another)</source>
            <translation>studio（逐个进行）</translation>
        </message>
        <message>
            <source> ms</source>
            <translation> ms</translation>
        </message>
        <message>
            <source>Run for so long before anything is measured.</source>
            <translation>先运行这么久，再开始测量。</translation>
        </message>
        <message>
            <source> s</source>
            <translation> s</translation>
        </message>
        <message>
            <source>Measure for at least so long.</source>
            <translation>至少测量这么久。</translation>
        </message>
        <message>
            <source>Measure at least so many inferences.</source>
            <translation>至少测量这么多次推理。</translation>
        </message>
        <message>
            <source>The same seed gives the same random inputs again.</source>
            <translation>相同的种子会再次给出相同的随机输入。</translation>
        </message>
        <message>
            <source>How inferences follow</source>
            <translation>推理的衔接方式</translation>
        </message>
        <message>
            <source>Loading</source>
            <translation>加载</translation>
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
            <source>Random seed</source>
            <translation>随机种子</translation>
        </message>
        <message>
            <source>Shape of {name}</source>
            <translation>{name} 的形状</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>已修改</translation>
        </message>
        <message>
            <source>Copy in, compute, copy out, then the next: the latency of a program that waits for each answer.</source>
            <translation>H2D 拷贝、计算、D2H 拷贝，再进行下一次：即逐个等待结果的程序的延迟。</translation>
        </message>
        <message>
            <source>With copies, which go beside the compute of the one before.</source>
            <translation>包含拷贝，拷贝与前一次的计算同时进行。</translation>
        </message>
        <message>
            <source>The compute alone: no copies, a CUDA graph, a busy core.</source>
            <translation>仅计算：无拷贝，使用 CUDA Graph，核心忙等。</translation>
        </message>
        <message>
            <source>{name} takes the shape {shape}: sizes with x between them.</source>
            <translation>{name} 的形状应为 {shape}：各维大小之间用 x 分隔。</translation>
        </message>
    </context>
    <context>
        <name>MeasureFrame</name>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Nothing is running.</source>
            <translation>没有正在运行的任务。</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
    </context>
    <context>
        <name>MeasurePage</name>
        <message>
            <source>What is measured</source>
            <translation>测量内容</translation>
        </message>
        <message>
            <source>Open a model to measure it here.</source>
            <translation>打开模型后，在这里测量。</translation>
        </message>
    </context>
    <context>
        <name>MeasureResult</name>
        <message>
            <source>What the figures depend on</source>
            <translation>数据取决于什么</translation>
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
            <source>Inferences</source>
            <translation>推理次数</translation>
        </message>
        <message>
            <source>No clocks: nothing was computed on a GPU.</source>
            <translation>没有时钟数据：没有在 GPU 上计算。</translation>
        </message>
        <message>
            <source>one inference after another in the host's memory</source>
            <translation>在主机内存中逐个执行推理</translation>
        </message>
        <message>
            <source>Measured as {method}: {loop}.</source>
            <translation>测量方法为 {method}：{loop}。</translation>
        </message>
    </context>
    <context>
        <name>MeasureViews</name>
        <message>
            <source>Benchmark</source>
            <translation>基准测试</translation>
        </message>
        <message>
            <source>Why slower?</source>
            <translation>为何更慢？</translation>
        </message>
        <message>
            <source>Sweep</source>
            <translation>扫描</translation>
        </message>
        <message>
            <source>GPUs</source>
            <translation>多 GPU</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>各层</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>内存</translation>
        </message>
        <message>
            <source>Kept runs</source>
            <translation>测量记录</translation>
        </message>
    </context>
    <context>
        <name>MeasureWords</name>
        <message>
            <source>Stopping ...</source>
            <translation>正在停止…</translation>
        </message>
        <message>
            <source>Loading the model ...</source>
            <translation>正在加载模型…</translation>
        </message>
        <message>
            <source>Starting ...</source>
            <translation>正在启动…</translation>
        </message>
        <message>
            <source>Stopped.</source>
            <translation>已停止。</translation>
        </message>
    </context>
    <context>
        <name>Measurements</name>
        <message>
            <source>ONNX Runtime runs one inference after another in the host's memory: there are no copies, streams or CUDA graphs to choose. An engine on a GPU has them.</source>
            <translation>ONNX Runtime 在主机内存中逐个执行推理：没有拷贝、流或 CUDA Graph 可选。GPU 上的引擎才有这些选项。</translation>
        </message>
        <message>
            <source>Measuring {name}</source>
            <translation>测量 {name}</translation>
        </message>
    </context>
    <context>
        <name>MembersField</name>
        <message>
            <source>TensorRT's default</source>
            <translation>TensorRT 默认值</translation>
        </message>
    </context>
    <context>
        <name>Memory</name>
        <message>
            <source>It takes {total}; how much is free is not known here.</source>
            <translation>需要 {total}；可用量未知。</translation>
        </message>
        <message>
            <source>It fits: {total} of the {free} that are free on {device}.</source>
            <translation>放得下：需要 {total}，{device} 可用 {free}。</translation>
        </message>
        <message>
            <source>It does not fit by {missing}: {total} of the {free} that are free on {device}.</source>
            <translation>放不下，还差 {missing}：需要 {total}，{device} 可用 {free}。</translation>
        </message>
        <message>
            <source>{runtime}; {shapes}</source>
            <translation>{runtime}；{shapes}</translation>
        </message>
        <message>
            <source>{size} of page-locked memory of the host are taken beside that.</source>
            <translation>另占用 {size} 主机页锁定内存。</translation>
        </message>
        <message>
            <source>{size} of the weights are streamed to the GPU while it runs.</source>
            <translation>运行时有 {size} 权重流式传输到 GPU。</translation>
        </message>
        <message>
            <source>{size} of the weights could be streamed instead of being kept on the GPU.</source>
            <translation>有 {size} 权重可以改为流式传输，而不必留在 GPU 上。</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>权重</translation>
        </message>
        <message>
            <source>Activations</source>
            <translation>激活值</translation>
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
            <source>Scratch</source>
            <translation>临时空间</translation>
        </message>
        <message>
            <source>at least {size}</source>
            <translation>至少 {size}</translation>
        </message>
        <message>
            <source>at most {size}</source>
            <translation>至多 {size}</translation>
        </message>
    </context>
    <context>
        <name>MemoryForm</name>
        <message>
            <source>How many inferences may be under way at the same time.</source>
            <translation>可同时进行多少次推理。</translation>
        </message>
        <message>
            <source>Count</source>
            <translation>计算</translation>
        </message>
        <message>
            <source>Execution contexts</source>
            <translation>执行上下文</translation>
        </message>
        <message>
            <source>Shape of {name}</source>
            <translation>{name} 的形状</translation>
        </message>
        <message>
            <source>A shape is sizes with x between them.</source>
            <translation>形状由各维大小组成，之间用 x 分隔。</translation>
        </message>
        <message>
            <source>It is being counted.</source>
            <translation>正在计算。</translation>
        </message>
        <message>
            <source>Count again for these contexts and shapes</source>
            <translation>按这些上下文和形状重新计算</translation>
        </message>
    </context>
    <context>
        <name>MemoryLedgerBar</name>
        <message>
            <source>Memory taken and free</source>
            <translation>已占用和可用的内存</translation>
        </message>
        <message>
            <source>{size} free</source>
            <translation>可用 {size}</translation>
        </message>
    </context>
    <context>
        <name>MemoryLedgerView</name>
        <message>
            <source>Item</source>
            <translation>项目</translation>
        </message>
        <message>
            <source>Each</source>
            <translation>单个</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>数量</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>合计</translation>
        </message>
        <message>
            <source>Known from</source>
            <translation>来源</translation>
        </message>
        <message>
            <source>What takes memory</source>
            <translation>内存占用项</translation>
        </message>
        <message>
            <source>Optimization profile</source>
            <translation>优化配置文件</translation>
        </message>
        <message>
            <source>Activations</source>
            <translation>激活值</translation>
        </message>
        <message>
            <source>Activations of each optimization profile</source>
            <translation>各优化配置文件的激活值</translation>
        </message>
    </context>
    <context>
        <name>MemoryLedgers</name>
        <message>
            <source>Counting the memory of {name}</source>
            <translation>计算 {name} 的内存</translation>
        </message>
    </context>
    <context>
        <name>MemoryView</name>
        <message>
            <source>Counting ...</source>
            <translation>正在计算…</translation>
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
        <name>MissingReading</name>
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
            <source>How the reading is shown (Ctrl+G)</source>
            <translation>显示方式 (Ctrl+G)</translation>
        </message>
        <message>
            <source>Open a model or a plan to see its layers here.</source>
            <translation>打开模型或 plan，在这里查看各层。</translation>
        </message>
    </context>
    <context>
        <name>NameList</name>
        <message>
            <source>Add this name</source>
            <translation>添加此名称</translation>
        </message>
        <message>
            <source>Add {name} to its list, or clear it.</source>
            <translation>请将 {name} 加入列表，或清除它。</translation>
        </message>
        <message>
            <source>Remove {name}</source>
            <translation>移除 {name}</translation>
        </message>
    </context>
    <context>
        <name>NameRow</name>
        <message>
            <source>Name to keep the profiles under</source>
            <translation>优化配置文件的保存名称</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Keep the profiles under this name</source>
            <translation>以此名称保存这些 profile</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Do not keep them</source>
            <translation>不保存</translation>
        </message>
    </context>
    <context>
        <name>NamesField</name>
        <message>
            <source>Name of a tensor</source>
            <translation>张量名称</translation>
        </message>
        <message>
            <source>No such tensor is called {name}.</source>
            <translation>没有名为 {name} 的张量。</translation>
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
            <source>&amp;Open {name}</source>
            <translation>打开 {name}(&amp;O)</translation>
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
            <source>Show or hide the details</source>
            <translation>显示或隐藏详细信息</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy all of it, with the details</source>
            <translation>复制全部内容，包括详细信息</translation>
        </message>
        <message>
            <source>Close this notice</source>
            <translation>关闭此通知</translation>
        </message>
    </context>
    <context>
        <name>NumberField</name>
        <message>
            <source>TensorRT's default</source>
            <translation>TensorRT 默认值</translation>
        </message>
        <message>
            <source>{low} or more</source>
            <translation>不小于 {low}</translation>
        </message>
        <message>
            <source>{low} to {high}</source>
            <translation>{low} 至 {high}</translation>
        </message>
    </context>
    <context>
        <name>Numbers</name>
        <message>
            <source>Give 1 or {count} numbers, with blanks between them.</source>
            <translation>请给出 1 个或 {count} 个数，以空格分隔。</translation>
        </message>
        <message>
            <source>Nothing can be divided by 0.</source>
            <translation>除数不能为 0。</translation>
        </message>
    </context>
    <context>
        <name>OptionRow</name>
        <message>
            <source>{sentence} It will go in a later TensorRT.</source>
            <translation>{sentence}此项将在以后的 TensorRT 中移除。</translation>
        </message>
        <message>
            <source>Back to the default</source>
            <translation>恢复默认值</translation>
        </message>
    </context>
    <context>
        <name>PairHead</name>
        <message>
            <source>Compare with</source>
            <translation>比较对象</translation>
        </message>
        <message>
            <source>Same likeliest class</source>
            <translation>最可能的类别相同</translation>
        </message>
        <message>
            <source>Objects both found</source>
            <translation>双方都检测到的目标</translation>
        </message>
        <message>
            <source>Mean precision at IoU 0.5</source>
            <translation>平均精度 (IoU 0.5)</translation>
        </message>
        <message>
            <source>Overlap of boxes</source>
            <translation>框的重叠度</translation>
        </message>
        <message>
            <source>Overlap of masks</source>
            <translation>掩码的重叠度</translation>
        </message>
        <message>
            <source>Cosine</source>
            <translation>余弦相似度</translation>
        </message>
        <message>
            <source>Same text</source>
            <translation>文本相同</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>the same model, by ONNX Runtime</source>
            <translation>同一模型，由 ONNX Runtime 运行</translation>
        </message>
        <message>
            <source>its engine, by TensorRT</source>
            <translation>其引擎，由 TensorRT 运行</translation>
        </message>
    </context>
    <context>
        <name>ParallelBenchmarks</name>
        <message>
            <source>This machine has no NVIDIA GPU.</source>
            <translation>本机没有 NVIDIA GPU。</translation>
        </message>
        <message>
            <source>This machine has one GPU; it takes two to measure them together.</source>
            <translation>本机只有一个 GPU；同时测量至少需要两个。</translation>
        </message>
        <message>
            <source>ONNX Runtime runs this model on the CPU; only an engine runs on GPUs.</source>
            <translation>ONNX Runtime 在 CPU 上运行此模型；只有引擎在 GPU 上运行。</translation>
        </message>
        <message>
            <source>Loading {name} onto GPU {number}</source>
            <translation>加载 {name} 到 GPU {number}</translation>
        </message>
        <message>
            <source>Measuring {name} on GPU {number}</source>
            <translation>在 GPU {number} 上测量 {name}</translation>
        </message>
        <message>
            <source>Unloading a model</source>
            <translation>卸载模型</translation>
        </message>
    </context>
    <context>
        <name>ParallelModel</name>
        <message>
            <source>GPU</source>
            <translation>GPU</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>Alone (1/s)</source>
            <translation>单独 (1/s)</translation>
        </message>
        <message>
            <source>Together (1/s)</source>
            <translation>同时 (1/s)</translation>
        </message>
        <message>
            <source>Median (ms)</source>
            <translation>中位数 (ms)</translation>
        </message>
    </context>
    <context>
        <name>PicturePanel</name>
        <message>
            <source>Picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>What the model sees</source>
            <translation>模型看到的内容</translation>
        </message>
        <message>
            <source>The picture as it is, or as the model gets it</source>
            <translation>原图，或模型得到的图片</translation>
        </message>
        <message>
            <source>Hold to see the picture without the answer (B)</source>
            <translation>按住可查看不带结果的图片 (B)</translation>
        </message>
        <message>
            <source>Show all of it (0); the wheel zooms</source>
            <translation>显示整张图片 (0)；滚轮缩放</translation>
        </message>
        <message>
            <source>How much of the answer lies over the picture</source>
            <translation>结果叠加在图片上的程度</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>不透明度</translation>
        </message>
        <message>
            <source>{name}, {width} x {height}. The network does not see what is dimmed.</source>
            <translation>{name}，{width} x {height}。网络看不到变暗的部分。</translation>
        </message>
        <message>
            <source>The input of this run was not kept. Run it again.</source>
            <translation>这次运行的输入没有保存。请再次运行。</translation>
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
        <name>PictureWords</name>
        <message>
            <source>Output tensors only</source>
            <translation>仅输出张量</translation>
        </message>
        <message>
            <source>Classification</source>
            <translation>分类</translation>
        </message>
        <message>
            <source>Detection</source>
            <translation>目标检测</translation>
        </message>
        <message>
            <source>Instance segmentation</source>
            <translation>实例分割</translation>
        </message>
        <message>
            <source>Key points</source>
            <translation>关键点</translation>
        </message>
        <message>
            <source>Oriented boxes</source>
            <translation>旋转框</translation>
        </message>
        <message>
            <source>Semantic segmentation</source>
            <translation>语义分割</translation>
        </message>
        <message>
            <source>Saliency</source>
            <translation>显著性</translation>
        </message>
        <message>
            <source>Depth or heat map</source>
            <translation>深度图或热力图</translation>
        </message>
        <message>
            <source>Picture to picture</source>
            <translation>图像到图像</translation>
        </message>
        <message>
            <source>Text detection</source>
            <translation>文本检测</translation>
        </message>
        <message>
            <source>Text recognition</source>
            <translation>文本识别</translation>
        </message>
        <message>
            <source>Embedding</source>
            <translation>Embedding</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>拉伸</translation>
        </message>
        <message>
            <source>Centre crop</source>
            <translation>中心裁剪</translation>
        </message>
        <message>
            <source>Letterbox</source>
            <translation>等比缩放加边 (letterbox)</translation>
        </message>
        <message>
            <source>Longest side</source>
            <translation>最长边</translation>
        </message>
        <message>
            <source>Height, any width</source>
            <translation>固定高度，宽度不限</translation>
        </message>
        <message>
            <source>0 to 255</source>
            <translation>0 至 255</translation>
        </message>
        <message>
            <source>0 to 1</source>
            <translation>0 至 1</translation>
        </message>
        <message>
            <source>-1 to 1</source>
            <translation>-1 至 1</translation>
        </message>
        <message>
            <source>ImageNet</source>
            <translation>ImageNet</translation>
        </message>
        <message>
            <source>Own mean, std</source>
            <translation>自定义均值、标准差</translation>
        </message>
        <message>
            <source>As the model says</source>
            <translation>与模型一致</translation>
        </message>
        <message>
            <source>Guessed: check it</source>
            <translation>推测：请核对</translation>
        </message>
        <message>
            <source>Changed by you</source>
            <translation>已手动修改</translation>
        </message>
        <message>
            <source>No answer</source>
            <translation>无结果</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>未检测到内容</translation>
        </message>
        <message>
            <source>1 object</source>
            <translation>1 个目标</translation>
        </message>
        <message>
            <source>{count:,} objects</source>
            <translation>{count:,} 个目标</translation>
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
            <source>Choose where the plan goes</source>
            <translation>选择 plan 的保存位置</translation>
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
        <name>PluginsField</name>
        <message>
            <source>Libraries (*.so *.so.* *.dll)</source>
            <translation>库 (*.so *.so.* *.dll)</translation>
        </message>
        <message>
            <source>Add a library ...</source>
            <translation>添加库…</translation>
        </message>
        <message>
            <source>I know who made them: load them</source>
            <translation>我了解其来源：加载</translation>
        </message>
        <message>
            <source>Put them into the plan</source>
            <translation>写入 plan</translation>
        </message>
        <message>
            <source>A plugin library runs as it is loaded: agree to it, or remove it.</source>
            <translation>插件库一经加载就会运行：请同意加载，或将其移除。</translation>
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
        <name>PrecisionPicker</name>
        <message>
            <source>Exact FP32</source>
            <translation>精确 FP32</translation>
        </message>
        <message>
            <source>Without it, FP32 layers round products to TF32: faster, and three digits are kept. With it, all seven are, when the engine is built and whenever it runs.</source>
            <translation>不勾选时，FP32 层的乘积舍入为 TF32：更快，保留三位有效数字。勾选后，构建和运行引擎时都保留全部七位。</translation>
        </message>
    </context>
    <context>
        <name>PrecisionValues</name>
        <message>
            <source>Add plans or models ...</source>
            <translation>添加 plan 或模型…</translation>
        </message>
        <message>
            <source>Measure these files beside the model</source>
            <translation>与模型一起测量这些文件</translation>
        </message>
        <message>
            <source>Choose a precision, or add a file.</source>
            <translation>请选择精度，或添加文件。</translation>
        </message>
        <message>
            <source>Remove {name}</source>
            <translation>移除 {name}</translation>
        </message>
        <message>
            <source>Plans and models (*.plan *.engine *.trt *.onnx)</source>
            <translation>plan 和模型 (*.plan *.engine *.trt *.onnx)</translation>
        </message>
        <message>
            <source>Add plans or models</source>
            <translation>添加 plan 或模型</translation>
        </message>
    </context>
    <context>
        <name>PreprocessFields</name>
        <message>
            <source>Preset</source>
            <translation>预设</translation>
        </message>
        <message>
            <source>Resize</source>
            <translation>缩放</translation>
        </message>
        <message>
            <source>Placed</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>Interpolation</source>
            <translation>插值</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Numbers</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <source>Divided by</source>
            <translation>除数</translation>
        </message>
        <message>
            <source>Let it take any size</source>
            <translation>接受任意尺寸</translation>
        </message>
        <message>
            <source>ONNX Runtime then gets the model with other input shapes than it declares</source>
            <translation>启用后，交给 ONNX Runtime 的模型，其输入形状与原先声明的不同</translation>
        </message>
        <message>
            <source>In the middle</source>
            <translation>居中</translation>
        </message>
        <message>
            <source>Top left</source>
            <translation>左上角</translation>
        </message>
        <message>
            <source>Kept</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>The share of the picture that is kept</source>
            <translation>图片中保留部分的比例</translation>
        </message>
        <message>
            <source>Padding</source>
            <translation>填充</translation>
        </message>
        <message>
            <source>The grey around the picture</source>
            <translation>图片四周的灰度值</translation>
        </message>
        <message>
            <source>Multiple of</source>
            <translation>倍数</translation>
        </message>
        <message>
            <source>Both sides are multiples of this</source>
            <translation>宽和高都是此数的倍数</translation>
        </message>
        <message>
            <source>Batch</source>
            <translation>批次大小</translation>
        </message>
        <message>
            <source>So many times the picture is given at once</source>
            <translation>一次送入多少份该图片</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>Choose ...</source>
            <translation>请选择…</translation>
        </message>
    </context>
    <context>
        <name>PreprocessPanel</name>
        <message>
            <source>Nothing was changed.</source>
            <translation>没有任何更改。</translation>
        </message>
        <message>
            <source>Take all changes back</source>
            <translation>撤销所有更改</translation>
        </message>
        <message>
            <source>Try other ways ...</source>
            <translation>尝试其他方式…</translation>
        </message>
        <message>
            <source>Feed the picture in every plausible way and see how the answer changes</source>
            <translation>以各种合理的方式送入图片，查看结果如何变化</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>重置</translation>
        </message>
        <message>
            <source>Copy JSON</source>
            <translation>复制 JSON</translation>
        </message>
        <message>
            <source>Copy it as trtstudio run --preprocess takes it</source>
            <translation>复制为 trtstudio run --preprocess 接受的格式</translation>
        </message>
    </context>
    <context>
        <name>ProfileEditor</name>
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
        <message>
            <source>{name} (value)</source>
            <translation>{name}（值）</translation>
        </message>
    </context>
    <context>
        <name>ProfileSet</name>
        <message>
            <source>Profiles</source>
            <translation>优化配置文件</translation>
        </message>
        <message>
            <source>Profile {number}: {problem}</source>
            <translation>优化配置文件 {number}：{problem}</translation>
        </message>
        <message>
            <source>Add a profile</source>
            <translation>添加优化配置文件</translation>
        </message>
        <message>
            <source>Duplicate this profile</source>
            <translation>复制此优化配置文件</translation>
        </message>
        <message>
            <source>Remove this profile</source>
            <translation>移除此优化配置文件</translation>
        </message>
        <message>
            <source>Profile {number}</source>
            <translation>优化配置文件 {number}</translation>
        </message>
    </context>
    <context>
        <name>ProfileStart</name>
        <message>
            <source>Start from</source>
            <translation>套用</translation>
        </message>
        <message>
            <source>What the model suggests, and profiles that you kept</source>
            <translation>根据模型给出的建议，以及已保存的优化配置文件</translation>
        </message>
        <message>
            <source>Kept</source>
            <translation>已保存</translation>
        </message>
        <message>
            <source>Keep these profiles ...</source>
            <translation>保存这些优化配置文件…</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Sizes that fit most models</source>
            <translation>适合大多数模型的尺寸</translation>
        </message>
        <message>
            <source>Batches of {low} alone</source>
            <translation>批次大小仅 {low}</translation>
        </message>
        <message>
            <source>Batches of {low} to {high}</source>
            <translation>批次大小 {low} 至 {high}</translation>
        </message>
        <message>
            <source>{title}, with {sizes}</source>
            <translation>{title}，其中 {sizes}</translation>
        </message>
        <message>
            <source>{title}, sides in steps of {steps}</source>
            <translation>{title}，边长步长 {steps}</translation>
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
            <source>Open the model</source>
            <translation>打开模型</translation>
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
            <source>Constant size</source>
            <translation>常量大小</translation>
        </message>
        <message>
            <source>Missing data</source>
            <translation>缺失的数据</translation>
        </message>
        <message>
            <source>Shapes</source>
            <translation>形状</translation>
        </message>
        <message>
            <source>min</source>
            <translation>min</translation>
        </message>
        <message>
            <source>opt</source>
            <translation>opt</translation>
        </message>
        <message>
            <source>max</source>
            <translation>max</translation>
        </message>
        <message>
            <source>profile {index}</source>
            <translation>优化配置文件 {index}</translation>
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
            <source>GPU memory</source>
            <translation>显存</translation>
        </message>
        <message>
            <source>host memory</source>
            <translation>主机内存</translation>
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
            <source>Constants</source>
            <translation>常量</translation>
        </message>
        <message>
            <source>External data</source>
            <translation>外部数据</translation>
        </message>
        <message>
            <source>Inferred shapes</source>
            <translation>推断的形状</translation>
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
            <source>inferred; the file does not say</source>
            <translation>推断得出，文件中未注明</translation>
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
            <source>Profiles</source>
            <translation>优化配置文件</translation>
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
            <source>input {0} of the subgraph</source>
            <translation>子图输入 {0}</translation>
        </message>
        <message>
            <source>output {0} of the subgraph</source>
            <translation>子图输出 {0}</translation>
        </message>
        <message>
            <source>from the graph around it</source>
            <translation>来自外层图</translation>
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
            <source>Cost of its ONNX nodes</source>
            <translation>其 ONNX 节点的开销</translation>
        </message>
        <message>
            <source>for {sizes}</source>
            <translation>按 {sizes} 计</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>参数量</translation>
        </message>
        <message>
            <source>FLOPs</source>
            <translation>FLOPs</translation>
        </message>
        <message>
            <source>not counted</source>
            <translation>未计入</translation>
        </message>
        <message>
            <source>Activations</source>
            <translation>激活值</translation>
        </message>
        <message>
            <source>and {count:,} more</source>
            <translation>还有 {count:,} 个</translation>
        </message>
        <message>
            <source>The values of the weights ({size}) have not been looked at.</source>
            <translation>尚未检查权重的数值 ({size})。</translation>
        </message>
        <message>
            <source>Look for NaN and overflow</source>
            <translation>检查 NaN 和溢出</translation>
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
            <source>1 layer not counted</source>
            <translation>1 层未计入</translation>
        </message>
        <message>
            <source>Can it be run here?</source>
            <translation>能否在本机运行</translation>
        </message>
        <message>
            <source>Looking for TensorRT and GPUs …</source>
            <translation>正在查找 TensorRT 和 GPU…</translation>
        </message>
        <message>
            <source>yes, by {runtime}</source>
            <translation>可以，使用 {runtime}</translation>
        </message>
        <message>
            <source>Comparing it with what was built …</source>
            <translation>正在与构建结果比对…</translation>
        </message>
        <message>
            <source>byte for byte what was built</source>
            <translation>与构建结果逐字节一致</translation>
        </message>
        <message>
            <source>Values</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>{low} to {high}, mean {mean}, std {std}</source>
            <translation>{low} 至 {high}，均值 {mean}，标准差 {std}</translation>
        </message>
        <message>
            <source>Min</source>
            <translation>最小值</translation>
        </message>
        <message>
            <source>Max</source>
            <translation>最大值</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <source>Std</source>
            <translation>标准差</translation>
        </message>
        <message>
            <source>Distinct</source>
            <translation>不同值</translation>
        </message>
        <message>
            <source>Zeros</source>
            <translation>零值</translation>
        </message>
        <message>
            <source>NaN</source>
            <translation>NaN</translation>
        </message>
        <message>
            <source>Inf</source>
            <translation>Inf</translation>
        </message>
        <message>
            <source>{value} in all of {count:,}</source>
            <translation>全部 {count:,} 个值均为 {value}</translation>
        </message>
        <message>
            <source>of a sample: {count:,} of {whole:,} values</source>
            <translation>基于抽样：{count:,} / {whole:,} 个值</translation>
        </message>
        <message>
            <source>Reading the values …</source>
            <translation>正在读取数值…</translation>
        </message>
        <message>
            <source>Show values</source>
            <translation>查看数值</translation>
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
        <name>RandomEditor</name>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Seed of {name}</source>
            <translation>{name} 的种子</translation>
        </message>
        <message>
            <source>The same seed gives the same numbers again.</source>
            <translation>相同的种子会再次给出相同的数值。</translation>
        </message>
    </context>
    <context>
        <name>RasterView</name>
        <message>
            <source>Values as colours</source>
            <translation>以颜色显示的数值</translation>
        </message>
    </context>
    <context>
        <name>ReadingStatus</name>
        <message>
            <source>Retry</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Ask for it once more</source>
            <translation>重新读取</translation>
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
        <name>Refits</name>
        <message>
            <source>It is being given new weights.</source>
            <translation>正在更换权重。</translation>
        </message>
        <message>
            <source>No engine is loaded.</source>
            <translation>没有加载引擎。</translation>
        </message>
        <message>
            <source>ONNX Runtime runs the model itself; only an engine takes new weights.</source>
            <translation>ONNX Runtime 直接运行模型；只有引擎才能更换权重。</translation>
        </message>
        <message>
            <source>The model with the new weights</source>
            <translation>选择含新权重的模型</translation>
        </message>
        <message>
            <source>ONNX models (*.onnx)</source>
            <translation>ONNX 模型 (*.onnx)</translation>
        </message>
        <message>
            <source>Write the plan with the new weights</source>
            <translation>将带新权重的 plan 另存为</translation>
        </message>
        <message>
            <source>Plans (*.plan *.engine *.trt)</source>
            <translation>plan 文件 (*.plan *.engine *.trt)</translation>
        </message>
        <message>
            <source>New weights for {name}</source>
            <translation>更换 {name} 的权重</translation>
        </message>
        <message>
            <source>{plan} has the weights of {model} now: {count:,} of them.</source>
            <translation>{plan} 现已使用 {model} 的权重：共 {count:,} 个。</translation>
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
            <source>{what}, because this machine has no NVIDIA GPU.</source>
            <translation>{what}，因为本机没有 NVIDIA GPU。</translation>
        </message>
        <message>
            <source>{what}, because the engine cannot be used:</source>
            <translation>{what}，因为引擎无法使用：</translation>
        </message>
        <message>
            <source>{what}, because the engine fits this GPU.</source>
            <translation>{what}，因为引擎适用于此 GPU。</translation>
        </message>
        <message>
            <source>{what}, because it built this engine.</source>
            <translation>{what}，因为此引擎由它构建。</translation>
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
        <message>
            <source>{runtime} cannot be used: {problem}</source>
            <translation>{runtime} 无法使用：{problem}</translation>
        </message>
        <message>
            <source>Ask it again under Runtimes, or remove it there.</source>
            <translation>请在“运行时”页重新检测，或将其移除。</translation>
        </message>
    </context>
    <context>
        <name>RunControls</name>
        <message>
            <source>Preprocessing</source>
            <translation>预处理</translation>
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
            <source>Run what is shown once more, on the same numbers (F5)</source>
            <translation>用相同的数值再运行一次当前内容 (F5)</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Set inputs</source>
            <translation>设置输入</translation>
        </message>
        <message>
            <source>Nothing is running.</source>
            <translation>没有正在运行的任务。</translation>
        </message>
        <message>
            <source>Stop, and drop what waits (Esc)</source>
            <translation>停止，并丢弃排队的输入 (Esc)</translation>
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
            <source>The model that reads</source>
            <translation>选择识别文本的模型</translation>
        </message>
        <message>
            <source>Models (*.onnx *.plan *.engine)</source>
            <translation>模型 (*.onnx *.plan *.engine)</translation>
        </message>
        <message>
            <source>Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)</source>
            <translation>图片 (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)</translation>
        </message>
        <message>
            <source>JSON (*.json)</source>
            <translation>JSON (*.json)</translation>
        </message>
        <message>
            <source>Table (*.csv)</source>
            <translation>表格 (*.csv)</translation>
        </message>
        <message>
            <source>COCO data set (*.json)</source>
            <translation>COCO 数据集 (*.json)</translation>
        </message>
        <message>
            <source>YOLO labels (*.txt)</source>
            <translation>YOLO 标注 (*.txt)</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>NumPy arrays (*.npz)</source>
            <translation>NumPy 数组 (*.npz)</translation>
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
            <source>{similarity} alike</source>
            <translation>相似度 {similarity}</translation>
        </message>
        <message>
            <source>Compared with {picture}, which was run before</source>
            <translation>与上一次运行的 {picture} 比较</translation>
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
            <source>{count:,} objects</source>
            <translation>{count:,} 个目标</translation>
        </message>
    </context>
    <context>
        <name>RunInvitation</name>
        <message>
            <source>Open a picture ...</source>
            <translation>打开图片…</translation>
        </message>
        <message>
            <source>Choose a picture and run the model on it</source>
            <translation>选择一张图片并运行模型</translation>
        </message>
        <message>
            <source>Run random inputs</source>
            <translation>运行随机输入</translation>
        </message>
        <message>
            <source>Run the model on random numbers</source>
            <translation>用随机数运行模型</translation>
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
            <source>.npz with an array for each input by name, or one at a time: .npy, bare values</source>
            <translation>.npz，按名称为每个输入提供数组；或逐个提供：.npy、原始数值</translation>
        </message>
        <message>
            <source>Drop arrays here</source>
            <translation>把数组文件拖到这里</translation>
        </message>
    </context>
    <context>
        <name>RunOverview</name>
        <message>
            <source>This model does not take pictures.</source>
            <translation>此模型的输入不是图片。</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Preprocessing</source>
            <translation>预处理</translation>
        </message>
        <message>
            <source>What is shown beside the picture</source>
            <translation>图片旁显示的内容</translation>
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
            <source>The model declares very small pictures: try “{option}” under {tab}.</source>
            <translation>模型声明的图片尺寸很小：请试试“{tab}”中的“{option}”。</translation>
        </message>
    </context>
    <context>
        <name>RunPage</name>
        <message>
            <source>Open a model to run it here.</source>
            <translation>打开模型后，在这里运行。</translation>
        </message>
        <message>
            <source>Pasted picture</source>
            <translation>粘贴的图片</translation>
        </message>
    </context>
    <context>
        <name>RunResult</name>
        <message>
            <source>No picture ran.</source>
            <translation>没有运行图片。</translation>
        </message>
        <message>
            <source>This run has no outputs.</source>
            <translation>此次运行没有输出。</translation>
        </message>
        <message>
            <source>The inputs of this run were not kept.</source>
            <translation>此次运行的输入未保留。</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Outputs</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>Inputs</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>Other ways</source>
            <translation>其他方式</translation>
        </message>
        <message>
            <source>Similarity</source>
            <translation>相似度</translation>
        </message>
        <message>
            <source>What is shown of the run</source>
            <translation>显示运行的哪一部分</translation>
        </message>
        <message>
            <source>Save outputs ...</source>
            <translation>保存输出…</translation>
        </message>
        <message>
            <source>Save the output tensors of this run</source>
            <translation>保存本次运行的输出张量</translation>
        </message>
        <message>
            <source>Run a second picture to compare it with this one.</source>
            <translation>再运行一张图片，即可与此图片比较。</translation>
        </message>
    </context>
    <context>
        <name>RunTensors</name>
        <message>
            <source>Tensor</source>
            <translation>张量</translation>
        </message>
        <message>
            <source>Compare with</source>
            <translation>比较对象</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>无</translation>
        </message>
    </context>
    <context>
        <name>RunTitle</name>
        <message>
            <source>constant inputs</source>
            <translation>常量输入</translation>
        </message>
        <message>
            <source>random inputs</source>
            <translation>随机输入</translation>
        </message>
        <message>
            <source>random, seed {seed}</source>
            <translation>随机，种子 {seed}</translation>
        </message>
    </context>
    <context>
        <name>RunViews</name>
        <message>
            <source>Picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Many</source>
            <translation>批量</translation>
        </message>
        <message>
            <source>Two runtimes</source>
            <translation>两个运行时</translation>
        </message>
        <message>
            <source>Run one picture, many, or many on two runtimes</source>
            <translation>运行一张图片、多张图片，或在两个运行时上运行多张</translation>
        </message>
    </context>
    <context>
        <name>Runs</name>
        <message>
            <source>Running {name}</source>
            <translation>运行 {name}</translation>
        </message>
    </context>
    <context>
        <name>RuntimeBar</name>
        <message>
            <source>Runtime</source>
            <translation>运行时</translation>
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
            <source>longest side</source>
            <translation>最长边</translation>
        </message>
        <message>
            <source>any width</source>
            <translation>宽度不限</translation>
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
            <source>Input as you chose: {how}</source>
            <translation>输入（手动选择）：{how}</translation>
        </message>
        <message>
            <source>Input as guessed: {how}</source>
            <translation>输入（推测）：{how}</translation>
        </message>
    </context>
    <context>
        <name>RuntimeChooser</name>
        <message>
            <source>TensorRT that builds</source>
            <translation>构建用的 TensorRT</translation>
        </message>
        <message>
            <source>The TensorRT that builds; the form follows what it offers</source>
            <translation>构建用的 TensorRT，表单内容随其支持的选项而变</translation>
        </message>
    </context>
    <context>
        <name>Runtimes</name>
        <message>
            <source>Asking {python} for its TensorRT</source>
            <translation>检测 {python} 的 TensorRT</translation>
        </message>
    </context>
    <context>
        <name>RuntimesPage</name>
        <message>
            <source>Folder of a virtual environment</source>
            <translation>虚拟环境的文件夹</translation>
        </message>
        <message>
            <source>Browse ...</source>
            <translation>浏览…</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>选择文件夹</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>添加</translation>
        </message>
        <message>
            <source>Ask all again</source>
            <translation>全部重新检测</translation>
        </message>
        <message>
            <source>Ask every interpreter what it has now</source>
            <translation>重新检测每个解释器现有的 TensorRT</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>从列表中移除</translation>
        </message>
        <message>
            <source>TensorRT</source>
            <translation>TensorRT</translation>
        </message>
        <message>
            <source>Python</source>
            <translation>Python</translation>
        </message>
        <message>
            <source>Builds for</source>
            <translation>目标 GPU</translation>
        </message>
        <message>
            <source>Runtimes</source>
            <translation>运行时</translation>
        </message>
        <message>
            <source>A plan runs only with the TensorRT that built it. Add the virtual environments that hold other versions: each builds and runs in a process of its own, and a plan goes to the one that fits it.</source>
            <translation>plan 只能用构建它的 TensorRT 运行。请添加装有其他版本的虚拟环境：每个环境都在各自的进程中构建和运行，plan 会交给与之相符的环境。</translation>
        </message>
        <message>
            <source>A virtual environment</source>
            <translation>虚拟环境</translation>
        </message>
        <message>
            <source>the program's own</source>
            <translation>程序自带</translation>
        </message>
        <message>
            <source>Asking ...</source>
            <translation>正在检测…</translation>
        </message>
        <message>
            <source>No TensorRT</source>
            <translation>没有 TensorRT</translation>
        </message>
        <message>
            <source>the GPU of this machine</source>
            <translation>本机 GPU</translation>
        </message>
        <message>
            <source>Name a folder first.</source>
            <translation>请先填写文件夹。</translation>
        </message>
        <message>
            <source>Add the TensorRT of this environment</source>
            <translation>添加此环境中的 TensorRT</translation>
        </message>
        <message>
            <source>The program's own runtime stays.</source>
            <translation>程序自带的运行时不能移除。</translation>
        </message>
        <message>
            <source>Nothing is deleted from the disk.</source>
            <translation>不会删除磁盘上的任何内容。</translation>
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
        <name>SaveRuns</name>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Report as an HTML page ...</source>
            <translation>HTML 报告…</translation>
        </message>
        <message>
            <source>Figures as CSV ...</source>
            <translation>数据，CSV…</translation>
        </message>
        <message>
            <source>Figures as JSON ...</source>
            <translation>数据，JSON…</translation>
        </message>
        <message>
            <source>JSON with every inference ...</source>
            <translation>含每次推理的 JSON…</translation>
        </message>
        <message>
            <source>Nothing is chosen.</source>
            <translation>没有选择任何项。</translation>
        </message>
        <message>
            <source>Save as a report or as data</source>
            <translation>保存为报告或数据</translation>
        </message>
        <message>
            <source>{form} files (*{suffix})</source>
            <translation>{form} 文件 (*{suffix})</translation>
        </message>
    </context>
    <context>
        <name>ScreenOverlay</name>
        <message>
            <source>Choose a part of the screen</source>
            <translation>选择屏幕区域</translation>
        </message>
        <message>
            <source>Draw a rectangle over what the model is to see; Esc ends this.</source>
            <translation>拖出一个矩形，框住要给模型看的部分；按 Esc 结束。</translation>
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
        <name>ShapeInference</name>
        <message>
            <source>Inferring the shapes in {name}</source>
            <translation>推断 {name} 中的形状</translation>
        </message>
    </context>
    <context>
        <name>SidePanel</name>
        <message>
            <source>Text has no figures.</source>
            <translation>文本没有统计数据。</translation>
        </message>
        <message>
            <source>Computing ...</source>
            <translation>正在计算…</translation>
        </message>
    </context>
    <context>
        <name>SimilarityMatrix</name>
        <message>
            <source>Similarity of the pictures</source>
            <translation>图片的相似度</translation>
        </message>
    </context>
    <context>
        <name>SimilarityView</name>
        <message>
            <source>The most similar pairs</source>
            <translation>最相似的图片对</translation>
        </message>
        <message>
            <source>The newest {count:,} pictures are compared.</source>
            <translation>只比较最新的 {count:,} 张图片。</translation>
        </message>
    </context>
    <context>
        <name>SizeFields</name>
        <message>
            <source>Width</source>
            <translation>宽度</translation>
        </message>
        <message>
            <source>Height</source>
            <translation>高度</translation>
        </message>
        <message>
            <source>The model takes {least} to {most} pixels.</source>
            <translation>模型接受 {least} 至 {most} 像素。</translation>
        </message>
        <message>
            <source>The model takes this size only.</source>
            <translation>模型只接受此尺寸。</translation>
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
            <source>{name} ({sm}), {free} of {total} free</source>
            <translation>{name} ({sm})，空闲 {free} / {total}</translation>
        </message>
    </context>
    <context>
        <name>StreamsTable</name>
        <message>
            <source>Inferences</source>
            <translation>推理次数</translation>
        </message>
        <message>
            <source>per s</source>
            <translation>每秒次数</translation>
        </message>
        <message>
            <source>Latency</source>
            <translation>延迟</translation>
        </message>
        <message>
            <source>p99</source>
            <translation>p99</translation>
        </message>
        <message>
            <source>Compute</source>
            <translation>计算</translation>
        </message>
        <message>
            <source>Streams</source>
            <translation>流</translation>
        </message>
        <message>
            <source>Stream {number}</source>
            <translation>流 {number}</translation>
        </message>
    </context>
    <context>
        <name>SubgraphMenu</name>
        <message>
            <source>{count:,} layers</source>
            <translation>{count:,} 层</translation>
        </message>
        <message>
            <source>1 layer</source>
            <translation>1 层</translation>
        </message>
    </context>
    <context>
        <name>SummaryFigures</name>
        <message>
            <source>Values</source>
            <translation>个数</translation>
        </message>
        <message>
            <source>Min</source>
            <translation>最小值</translation>
        </message>
        <message>
            <source>Max</source>
            <translation>最大值</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <source>Std</source>
            <translation>标准差</translation>
        </message>
        <message>
            <source>Zeros</source>
            <translation>零值</translation>
        </message>
        <message>
            <source>NaN</source>
            <translation>NaN</translation>
        </message>
        <message>
            <source>Infinite</source>
            <translation>无穷</translation>
        </message>
        <message>
            <source>Distinct</source>
            <translation>不同值</translation>
        </message>
    </context>
    <context>
        <name>SweepForm</name>
        <message>
            <source>Sweep</source>
            <translation>扫描</translation>
        </message>
        <message>
            <source>Add an axis</source>
            <translation>添加轴</translation>
        </message>
        <message>
            <source> s</source>
            <translation> s</translation>
        </message>
        <message>
            <source>Points</source>
            <translation>测量点</translation>
        </message>
        <message>
            <source>Every point is measured as the Benchmark form says: {method}.</source>
            <translation>每个点都按“基准测试”表单的设置测量：{method}。</translation>
        </message>
        <message>
            <source>There is no further axis to add</source>
            <translation>没有其他轴可以添加</translation>
        </message>
        <message>
            <source>Sweep over one more quantity</source>
            <translation>再增加一个扫描量</translation>
        </message>
        <message>
            <source>This model has no dynamic size to sweep.</source>
            <translation>此模型没有可扫描的动态尺寸。</translation>
        </message>
        <message>
            <source>The same axis is there twice.</source>
            <translation>同一个轴出现了两次。</translation>
        </message>
        <message>
            <source>An axis has no valid values.</source>
            <translation>有一个轴没有有效值。</translation>
        </message>
        <message>
            <source>These are more than {most:,} points.</source>
            <translation>超过 {most:,} 个点。</translation>
        </message>
        <message>
            <source>Points: {count:,}, in about {time}</source>
            <translation>{count:,} 个点，约需 {time}</translation>
        </message>
        <message>
            <source>For each point</source>
            <translation>每个点</translation>
        </message>
    </context>
    <context>
        <name>SweepModel</name>
        <message>
            <source>Median (ms)</source>
            <translation>中位数 (ms)</translation>
        </message>
        <message>
            <source>p99 (ms)</source>
            <translation>p99 (ms)</translation>
        </message>
        <message>
            <source>Per second</source>
            <translation>每秒次数</translation>
        </message>
        <message>
            <source>Compute (ms)</source>
            <translation>计算 (ms)</translation>
        </message>
        <message>
            <source>Why not</source>
            <translation>失败原因</translation>
        </message>
    </context>
    <context>
        <name>SweepOffers</name>
        <message>
            <source>Each is converted first, and not kept; ONNX Runtime runs it.</source>
            <translation>每种精度都先转换，不保存；由 ONNX Runtime 运行。</translation>
        </message>
        <message>
            <source>Engines are built where there are none yet, as the loaded one was.</source>
            <translation>尚无引擎时会构建，设置与已加载的引擎相同。</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精度</translation>
        </message>
        <message>
            <source>Batch</source>
            <translation>批次大小</translation>
        </message>
        <message>
            <source>The engine takes {low} to {high}.</source>
            <translation>引擎接受 {low} 至 {high}。</translation>
        </message>
        <message>
            <source>Streams</source>
            <translation>流数</translation>
        </message>
        <message>
            <source>Transfers</source>
            <translation>传输</translation>
        </message>
        <message>
            <source>Overlap</source>
            <translation>重叠</translation>
        </message>
        <message>
            <source>CUDA graph</source>
            <translation>CUDA Graph</translation>
        </message>
        <message>
            <source>Spin wait</source>
            <translation>自旋等待</translation>
        </message>
        <message>
            <source>Page-locked memory</source>
            <translation>页锁定内存</translation>
        </message>
        <message>
            <source>0 is without it, 1 is with it.</source>
            <translation>0 为不启用，1 为启用。</translation>
        </message>
    </context>
    <context>
        <name>SweepPlots</name>
        <message>
            <source>+ {count} in the table</source>
            <translation>+ {count} 条见表格</translation>
        </message>
    </context>
    <context>
        <name>SweepResultView</name>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Points of the sweep</source>
            <translation>扫描的测量点</translation>
        </message>
        <message>
            <source>Median latency (ms)</source>
            <translation>延迟中位数 (ms)</translation>
        </message>
        <message>
            <source>Inferences per second</source>
            <translation>每秒推理次数</translation>
        </message>
        <message>
            <source>{count} of {size} points</source>
            <translation>{count} / {size} 个点</translation>
        </message>
        <message>
            <source>Stopped: {count}.</source>
            <translation>已停止：{count}。</translation>
        </message>
        <message>
            <source>Done: {count}.</source>
            <translation>已完成：{count}。</translation>
        </message>
        <message>
            <source>Done: {count}. The table says why the others failed.</source>
            <translation>已完成：{count}。其余各点失败的原因见表格。</translation>
        </message>
        <message>
            <source>Every point of the grid appears here as soon as it is measured, and is kept: a sweep can be gone on with later.</source>
            <translation>网格中的每个点测完后立即显示在这里并保存：扫描可以稍后继续。</translation>
        </message>
    </context>
    <context>
        <name>SweepView</name>
        <message>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Measure the points one after another</source>
            <translation>逐个测量各点</translation>
        </message>
        <message>
            <source>End it now and keep the points that are there (Esc)</source>
            <translation>立即结束，保留已测得的点 (Esc)</translation>
        </message>
        <message>
            <source>The model is being loaded.</source>
            <translation>正在加载模型。</translation>
        </message>
        <message>
            <source>No sweep was stopped before its end.</source>
            <translation>没有中途停止的扫描。</translation>
        </message>
        <message>
            <source>Measure the points that are missing or failed</source>
            <translation>测量缺少或失败的点</translation>
        </message>
    </context>
    <context>
        <name>Sweeps</name>
        <message>
            <source>{runtime} on {device}</source>
            <translation>{device} 上的 {runtime}</translation>
        </message>
        <message>
            <source>Sweeping {name}</source>
            <translation>扫描 {name}</translation>
        </message>
        <message>
            <source>This sweep was of another engine, or on another runtime or machine.</source>
            <translation>此次扫描来自其他引擎、其他运行时或其他机器。</translation>
        </message>
        <message>
            <source>Start it anew; figures of both in one chart would mislead.</source>
            <translation>请重新开始；两者的数据放在同一图表中会产生误导。</translation>
        </message>
    </context>
    <context>
        <name>SwitchField</name>
        <message>
            <source>On</source>
            <translation>启用</translation>
        </message>
    </context>
    <context>
        <name>TableView</name>
        <message>
            <source>Values as a table</source>
            <translation>以表格显示的数值</translation>
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
        <name>TaskClasses</name>
        <message>
            <source>Only these classes</source>
            <translation>仅限这些类别</translation>
        </message>
        <message>
            <source>All classes</source>
            <translation>所有类别</translation>
        </message>
        <message>
            <source>No class is called {names}.</source>
            <translation>没有名为 {names} 的类别。</translation>
        </message>
        <message>
            <source>Names or numbers, with commas between them</source>
            <translation>名称或编号，以半角逗号分隔</translation>
        </message>
    </context>
    <context>
        <name>TaskHead</name>
        <message>
            <source>Head</source>
            <translation>检测头</translation>
        </message>
        <message>
            <source>Guess it</source>
            <translation>自动判断</translation>
        </message>
        <message>
            <source>No head seems to fit these outputs.</source>
            <translation>似乎没有检测头与这些输出相符。</translation>
        </message>
        <message>
            <source>Guessed: {head}</source>
            <translation>自动判断：{head}</translation>
        </message>
        <message>
            <source>Fits, {percent}: {reason}</source>
            <translation>匹配度 {percent}：{reason}</translation>
        </message>
        <message>
            <source>Does not seem to fit. It needs {form}.</source>
            <translation>似乎不符。需要：{form}。</translation>
        </message>
    </context>
    <context>
        <name>TaskNames</name>
        <message>
            <source>Names</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>The model's own ({count:,})</source>
            <translation>模型自带（{count:,}）</translation>
        </message>
        <message>
            <source>As its metadata say, or as all models of its kind have them</source>
            <translation>依据模型元数据，或同类模型共有的名称</translation>
        </message>
        <message>
            <source>Classes are told by their numbers</source>
            <translation>以编号表示类别</translation>
        </message>
        <message>
            <source>Numbers, no names</source>
            <translation>编号，无名称</translation>
        </message>
        <message>
            <source>Yours ({count:,})</source>
            <translation>自定义（{count:,}）</translation>
        </message>
        <message>
            <source>From a file</source>
            <translation>从文件</translation>
        </message>
        <message>
            <source>From a file ...</source>
            <translation>从文件读取…</translation>
        </message>
        <message>
            <source>Guessed: COCO ({count})</source>
            <translation>推测：COCO（{count}）</translation>
        </message>
        <message>
            <source>The model names no classes, but tells as many apart as COCO has: if it was trained on other pictures, these names are wrong.</source>
            <translation>模型没有类别名称，但类别数与 COCO 相同：如果它是用其他图片训练的，这些名称就是错的。</translation>
        </message>
        <message>
            <source>COCO ({count})</source>
            <translation>COCO（{count}）</translation>
        </message>
        <message>
            <source>For a model that was trained on COCO's pictures</source>
            <translation>用于以 COCO 图片训练的模型</translation>
        </message>
    </context>
    <context>
        <name>TaskPanel</name>
        <message>
            <source>Task</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation>阈值</translation>
        </message>
        <message>
            <source>The least score of what is shown</source>
            <translation>所显示结果的最低分数</translation>
        </message>
        <message>
            <source>Overlap</source>
            <translation>重叠</translation>
        </message>
        <message>
            <source>Of two boxes of one class that overlap more, the less sure one goes</source>
            <translation>同一类别的两个框重叠超过此值时，去掉分数较低的一个</translation>
        </message>
        <message>
            <source>Mask</source>
            <translation>掩码</translation>
        </message>
        <message>
            <source>From which value on a part of the picture belongs to a mask</source>
            <translation>图片中的某处达到此值才属于掩码</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>最多</translation>
        </message>
        <message>
            <source>Top</source>
            <translation>列出类别数</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>检测头</translation>
        </message>
        <message>
            <source>Read with</source>
            <translation>识别模型</translation>
        </message>
        <message>
            <source>Names</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Classes listed</source>
            <translation>列出类别数</translation>
        </message>
        <message>
            <source>Only</source>
            <translation>仅限</translation>
        </message>
        <message>
            <source>More settings</source>
            <translation>更多设置</translation>
        </message>
        <message>
            <source>{task}, fits {percent}</source>
            <translation>{task}，匹配度 {percent}</translation>
        </message>
        <message>
            <source>Does not seem to fit the outputs of this model.</source>
            <translation>似乎与此模型的输出不符。</translation>
        </message>
    </context>
    <context>
        <name>TaskReader</name>
        <message>
            <source>Read with</source>
            <translation>识别模型</translation>
        </message>
        <message>
            <source>Another model reads each text that is found, as PP-OCR's rec models do</source>
            <translation>由另一个模型识别检测到的每处文本，例如 PP-OCR 的 rec 模型</translation>
        </message>
        <message>
            <source>Do not read</source>
            <translation>不识别</translation>
        </message>
        <message>
            <source>From a file ...</source>
            <translation>从文件读取…</translation>
        </message>
    </context>
    <context>
        <name>TensorFields</name>
        <message>
            <source>Layout</source>
            <translation>布局</translation>
        </message>
        <message>
            <source>Data type</source>
            <translation>数据类型</translation>
        </message>
        <message>
            <source>The model leaves open where channels are: N pictures, C, height, width</source>
            <translation>模型未限定通道的位置：N 为图片数，C 为通道，H 为高，W 为宽</translation>
        </message>
        <message>
            <source>The model takes {layout} only.</source>
            <translation>模型只接受 {layout}。</translation>
        </message>
        <message>
            <source>The numbers are made so, and then given as {dtype}, which the model takes</source>
            <translation>数值先按此类型生成，再以模型接受的 {dtype} 输入</translation>
        </message>
        <message>
            <source>The model takes {dtype} only.</source>
            <translation>模型只接受 {dtype}。</translation>
        </message>
    </context>
    <context>
        <name>TensorView</name>
        <message>
            <source>The values of a tensor are shown here.</source>
            <translation>张量的数值显示在这里。</translation>
        </message>
        <message>
            <source>Copy name, type and shape</source>
            <translation>复制名称、类型和形状</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>This tensor has no values: one of its dimensions is 0.</source>
            <translation>此张量没有值：有一个维度为 0。</translation>
        </message>
        <message>
            <source>There are no values.</source>
            <translation>没有值。</translation>
        </message>
        <message>
            <source>Save or copy what is seen, or the whole tensor</source>
            <translation>保存或复制所见部分，或整个张量</translation>
        </message>
        <message>
            <source>Drawn: one value of about {count:,}. Zoom in to see all.</source>
            <translation>绘制的是约每 {count:,} 个值中的一个。放大即可查看全部。</translation>
        </message>
    </context>
    <context>
        <name>TextField</name>
        <message>
            <source>TensorRT's default</source>
            <translation>TensorRT 默认值</translation>
        </message>
    </context>
    <context>
        <name>TextReading</name>
        <message>
            <source>Reading the texts of {name}</source>
            <translation>识别 {name} 中的文本</translation>
        </message>
    </context>
    <context>
        <name>TimesTable</name>
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
            <source>Host</source>
            <translation>主机</translation>
        </message>
        <message>
            <source>Times in milliseconds</source>
            <translation>时间（毫秒）</translation>
        </message>
        <message>
            <source>Copy in, compute and copy out</source>
            <translation>H2D 拷贝、计算和 D2H 拷贝</translation>
        </message>
        <message>
            <source>What the GPU computes for</source>
            <translation>GPU 的计算时间</translation>
        </message>
        <message>
            <source>From the host's memory to the GPU</source>
            <translation>从主机内存到 GPU</translation>
        </message>
        <message>
            <source>From the GPU to the host's memory</source>
            <translation>从 GPU 到主机内存</translation>
        </message>
        <message>
            <source>The host's time in the call that starts the compute</source>
            <translation>主机在启动计算的调用中花费的时间</translation>
        </message>
        <message>
            <source>From an inference's first call until the host knows that it has ended</source>
            <translation>从一次推理的首个调用到主机得知其结束的时间</translation>
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
            <source>The rest</source>
            <translation>其余</translation>
        </message>
        <message>
            <source>Total</source>
            <translation>总计</translation>
        </message>
        <message>
            <source>Handing over to the process that runs the model and back, reading the answer, and waiting for the picture before.</source>
            <translation>交给运行模型的进程并取回、读取结果，以及等待前一张图片的时间。</translation>
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
            <source>Show only what is near the selected layer</source>
            <translation>只显示所选层附近的部分</translation>
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
        <name>Trail</name>
        <message>
            <source>Whole model</source>
            <translation>整个模型</translation>
        </message>
        <message>
            <source>Leave the subgraph</source>
            <translation>离开子图</translation>
        </message>
        <message>
            <source>Subgraphs of this layer</source>
            <translation>此层的子图</translation>
        </message>
    </context>
    <context>
        <name>TriField</name>
        <message>
            <source>On</source>
            <translation>启用</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>禁用</translation>
        </message>
    </context>
    <context>
        <name>Trials</name>
        <message>
            <source>Trying {name}</source>
            <translation>尝试 {name}</translation>
        </message>
    </context>
    <context>
        <name>ViewBar</name>
        <message>
            <source>Image</source>
            <translation>图像</translation>
        </message>
        <message>
            <source>Channels</source>
            <translation>通道</translation>
        </message>
        <message>
            <source>Heat map</source>
            <translation>热图</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>曲线</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>表格</translation>
        </message>
        <message>
            <source>How the tensor is shown</source>
            <translation>张量的显示方式</translation>
        </message>
        <message>
            <source>View</source>
            <translation>显示方式</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>比较方式</translation>
        </message>
        <message>
            <source>Range of values</source>
            <translation>数值范围</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Show all (0, or a double click)</source>
            <translation>显示全部（0 或双击）</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>显示全部</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>值</translation>
        </message>
        <message>
            <source>Other value</source>
            <translation>另一个值</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>差值</translation>
        </message>
        <message>
            <source>Relative</source>
            <translation>相对差</translation>
        </message>
        <message>
            <source>Fitting range</source>
            <translation>自动范围</translation>
        </message>
        <message>
            <source>Min to max</source>
            <translation>最小值至最大值</translation>
        </message>
        <message>
            <source>Symmetric</source>
            <translation>对称</translation>
        </message>
        <message>
            <source>0 to 1</source>
            <translation>0 至 1</translation>
        </message>
        <message>
            <source>0 to 255</source>
            <translation>0 至 255</translation>
        </message>
        <message>
            <source>Fitting colours</source>
            <translation>自动配色</translation>
        </message>
        <message>
            <source>Viridis</source>
            <translation>Viridis</translation>
        </message>
        <message>
            <source>Blue to red</source>
            <translation>蓝至红</translation>
        </message>
        <message>
            <source>Grey</source>
            <translation>灰度</translation>
        </message>
        <message>
            <source>A picture needs an axis with 1, 3 or 4 channels.</source>
            <translation>图像需要一个有 1、3 或 4 个通道的轴。</translation>
        </message>
        <message>
            <source>Tiles need a tensor of numbers with three axes or more.</source>
            <translation>按通道平铺需要至少有三个轴的数值张量。</translation>
        </message>
        <message>
            <source>A heat map needs a tensor of numbers with two axes or more.</source>
            <translation>热图需要至少有两个轴的数值张量。</translation>
        </message>
        <message>
            <source>A line needs a tensor of numbers with an axis.</source>
            <translation>曲线需要至少有一个轴的数值张量。</translation>
        </message>
    </context>
    <context>
        <name>WeakForm</name>
        <message>
            <source>Leave it to TensorRT</source>
            <translation>由 TensorRT 决定</translation>
        </message>
        <message>
            <source>Prefer these types</source>
            <translation>优先考虑这些类型</translation>
        </message>
        <message>
            <source>Obey them, or fail</source>
            <translation>必须遵守，否则失败</translation>
        </message>
        <message>
            <source>Say whether TensorRT shall prefer or obey the types of the layers.</source>
            <translation>请指定 TensorRT 对各层的类型应优先考虑还是必须遵守。</translation>
        </message>
        <message>
            <source>FP32, and each of these where it is faster:</source>
            <translation>FP32，以及以下类型（在更快时采用）：</translation>
        </message>
        <message>
            <source>These types</source>
            <translation>这些类型</translation>
        </message>
        <message>
            <source>Types of single layers</source>
            <translation>单个层的类型</translation>
        </message>
    </context>
    <context>
        <name>WeightWindow</name>
        <message>
            <source>Reading the values …</source>
            <translation>正在读取数值…</translation>
        </message>
        <message>
            <source>The first {count:,} of {whole:,} values ({shape}) are read.</source>
            <translation>共 {whole:,} 个值 ({shape})，已读取前 {count:,} 个。</translation>
        </message>
    </context>
    <context>
        <name>WhyView</name>
        <message>
            <source>Compare</source>
            <translation>比较</translation>
        </message>
        <message>
            <source>Measure one loop after another</source>
            <translation>逐个测量各循环</translation>
        </message>
        <message>
            <source>End it now and keep the loops that are done (Esc)</source>
            <translation>立即结束，保留已完成的循环 (Esc)</translation>
        </message>
        <message>
            <source>Why is mine slower than trtexec?</source>
            <translation>为什么我的比 trtexec 慢？</translation>
        </message>
        <message>
            <source>Throughput</source>
            <translation>吞吐量</translation>
        </message>
        <message>
            <source>Latency</source>
            <translation>延迟</translation>
        </message>
        <message>
            <source>What the bars show</source>
            <translation>条形图显示的量</translation>
        </message>
        <message>
            <source>Copy as text</source>
            <translation>复制为文本</translation>
        </message>
        <message>
            <source>Copy the figures of all loops as text</source>
            <translation>以文本复制所有循环的数值</translation>
        </message>
        <message>
            <source>Copy as JSON</source>
            <translation>复制为 JSON</translation>
        </message>
        <message>
            <source>The settings of the Benchmark form are none of these.</source>
            <translation>“基准测试”表单中的设置不在其中。</translation>
        </message>
        <message>
            <source>The comparison has no complete result yet.</source>
            <translation>比较还没有完整的结果。</translation>
        </message>
        <message>
            <source>Copy the complete result as JSON</source>
            <translation>以 JSON 复制完整结果</translation>
        </message>
        <message>
            <source>Measures the model in nine loops, from what most programs do first to what trtexec does, each for {seconds:g} s with the shapes of the Benchmark form, and says what each change brings.</source>
            <translation>用九种循环测量模型，从多数程序最初的做法到 trtexec 的做法，每种测量 {seconds:g} s，采用“基准测试”表单中的形状，并说明每项改动的效果。</translation>
        </message>
        <message>
            <source>Stopped. These loops are complete.</source>
            <translation>已停止。以下循环已测完。</translation>
        </message>
        <message>
            <source>Done. {what}</source>
            <translation>已完成。{what}</translation>
        </message>
    </context>
    <context>
        <name>WishList</name>
        <message>
            <source>Layer, as conv_*</source>
            <translation>层，如 conv_*</translation>
        </message>
        <message>
            <source>Name or pattern of a layer</source>
            <translation>层的名称或通配模式</translation>
        </message>
        <message>
            <source>Give these layers a type</source>
            <translation>为这些层指定类型</translation>
        </message>
        <message>
            <source>No layer is called {name}.</source>
            <translation>没有名为 {name} 的层。</translation>
        </message>
    </context>
    <context>
        <name>WorkView</name>
        <message>
            <source>A measurement is running.</source>
            <translation>正在测量。</translation>
        </message>
    </context>
    <context>
        <name>Workspace</name>
        <message>
            <source>No model was open, so the bundled sample answers.</source>
            <translation>没有打开的模型，因此由自带的示例模型给出结果。</translation>
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
        <name>_Differences</name>
        <message>
            <source>Output</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>Max abs</source>
            <translation>最大绝对误差</translation>
        </message>
        <message>
            <source>Relative L2</source>
            <translation>相对 L2</translation>
        </message>
        <message>
            <source>Cosine</source>
            <translation>余弦相似度</translation>
        </message>
    </context>
    <context>
        <name>_Wish</name>
        <message>
            <source>computes in</source>
            <translation>计算类型</translation>
        </message>
        <message>
            <source>answers in</source>
            <translation>输出类型</translation>
        </message>
        <message>
            <source>Remove {name}</source>
            <translation>移除 {name}</translation>
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
            <source>Look whether TensorRT is installed now</source>
            <translation>检查现在是否已安装 TensorRT</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>详细信息</translation>
        </message>
    </context>
</TS>
